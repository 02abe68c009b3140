/// The types of `schemas/demo.avpr`, generated.
enum DemoWire {}

/// The types of `schemas/reports.avpr`, generated.
enum ReportsWire {}

/// The types of `schemas/texts.avpr`, generated.
enum TextsWire {}
