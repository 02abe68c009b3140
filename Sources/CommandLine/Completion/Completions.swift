/// Completion scripts, printed from the same table as the help.
public enum Completions: String, CaseIterable, Sendable {
    case bash, zsh, fish

    public func script(for program: Command) -> String {
        switch self {
        case .bash: Self.bash(program)
        case .zsh: Self.zsh(program)
        case .fish: Self.fish(program)
        }
    }

    /// Every command with its path of names and all options that are valid there.
    private static func all(_ program: Command) -> [(path: [String], command: Command, options: [Option])] {
        var found: [([String], Command, [Option])] = []
        func walk(_ command: Command, _ path: [String], _ inherited: [Option]) {
            let options = inherited + command.options
            found.append((path, command, options + Command.common))
            for next in command.commands { walk(next, path + [next.name], options) }
        }
        walk(program, [program.name], [])
        return found
    }

    private static func bash(_ program: Command) -> String {
        var places = ""
        var choices = ""
        for (path, command, options) in all(program) {
            let place = path.joined(separator: " ")
            let words = command.commands.map(\.name) + options.map { "--" + $0.long }
            places += "        '\(place)') words='\(words.joined(separator: " "))' ;;\n"
            for option in options where !option.choices.isEmpty {
                choices += "    '\(place) --\(option.long)') words='\(option.choices.joined(separator: " "))' ;;\n"
            }
        }
        let paths = all(program).dropFirst().map { "'" + $0.path.joined(separator: " ") + "'" }.joined(separator: "|")
        let valued = Set(
            all(program).flatMap(\.options).filter(\.takesValue).flatMap { ["--" + $0.long] + ($0.short.map { ["-\($0)"] } ?? []) })
        // Bash splits at '=': the words of `--option=value` are three.
        return """
            # bash completion of \(program.name); load it with: source <(\(program.name) completions bash)
            _\(program.name)() {
              local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} path=\(program.name) words= word skip=
              if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi
              for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                [[ $word == = ]] && continue
                if [[ $skip ]]; then skip=; continue; fi
                case $word in \(valued.sorted().joined(separator: "|"))) skip=1 ;; esac
                case "$path $word" in \(paths)) path+=" $word" ;; esac
              done
              case "$path $prev" in
            \(choices)    *) case $path in
            \(places)      esac ;;
              esac
              COMPREPLY=($(compgen -W "$words" -- "$cur"))
            }
            complete -o default -F _\(program.name) \(program.name)

            """
    }

    private static func zsh(_ program: Command) -> String {
        var functions = ""
        for (path, command, options) in all(program).reversed() {
            let name = "_" + path.joined(separator: "_")
            var lines = options.map { option in
                let value =
                    option.takesValue
                    ? ":\(option.long):\(option.choices.isEmpty ? "_files" : "(\(option.choices.joined(separator: " ")))")" : ""
                let star = if case .many = option.value { "*" } else { "" }
                return "    '\(star)--\(option.long)[\(quoted(option.help))]\(value)'"
            }
            if !command.commands.isEmpty { lines += ["    '1: :->command'", "    '*:: :->words'"] }
            functions += "\(name)() {\n  local state line\n  _arguments \\\n" + lines.joined(separator: " \\\n") + "\n"
            if !command.commands.isEmpty {
                let rows = command.commands.map { "'\($0.name):\(quoted($0.summary))'" }.joined(separator: " ")
                functions += "  case $state in\n    command) local -a commands=(\(rows)); _describe command commands ;;\n"
                functions += "    words) case $line[1] in\n"
                for next in command.commands { functions += "      \(next.name)) \(name)_\(next.name) ;;\n" }
                functions += "    esac ;;\n  esac\n"
            }
            functions += "}\n"
        }
        return "#compdef \(program.name)\n" + functions
            + "if [ \"$funcstack[1]\" = _\(program.name) ]; then _\(program.name) \"$@\"; else compdef _\(program.name) \(program.name); fi\n"
    }

    private static func fish(_ program: Command) -> String {
        var lines = ["complete -c \(program.name) -f"]
        for (path, command, options) in all(program) {
            let seen = path.dropFirst().map { "__fish_seen_subcommand_from \($0)" }.joined(separator: "; and ")
            let children = command.commands.map(\.name).joined(separator: " ")
            let here = [seen, children.isEmpty ? "" : "not __fish_seen_subcommand_from \(children)"].filter { !$0.isEmpty }.joined(
                separator: "; and ")
            for next in command.commands {
                lines.append("complete -c \(program.name) -n '\(here)' -a \(next.name) -d '\(quoted(next.summary))'")
            }
            for option in options where path.count == 1 || command.options.contains(where: { $0.long == option.long }) {
                var line = "complete -c \(program.name)" + (seen.isEmpty ? "" : " -n '\(seen)'") + " -l \(option.long)"
                if let short = option.short { line += " -s \(short)" }
                if option.takesValue { line += option.choices.isEmpty ? " -r" : " -x -a '\(option.choices.joined(separator: " "))'" }
                lines.append(line + " -d '\(quoted(option.help))'")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Text inside single quotes and brackets of a shell.
    private static func quoted(_ text: String) -> String {
        String(text.map { $0 == "'" || $0 == "[" || $0 == "]" || $0 == ":" ? " " : $0 })
    }
}
