"""Sends requests to demo.echo as another maker's program does, and reads what comes of them: exchange_registry.py BROKERS GATEWAY REGISTRY [NAME:PASSWORD].

The serializers are Confluent's for Python, over fastavro. The schemas come from the registry, not from this program.
"""
import copy
import json
import sys
import time
import urllib.error
import urllib.request
import uuid
from datetime import datetime, timezone

from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.schema_registry import Schema, SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.schema_registry.error import SchemaRegistryError
from confluent_kafka.serialization import MessageField, SerializationContext

REQUESTS, RESPONSES = "demo.echo.requests", "demo.echo.responses"
WAIT = 30


def check(holds, what):
    if not holds:
        sys.exit(f"failed: {what}")
    print(f"  {what}")


def request(number, text):
    return {
        "requestId": number, "operation": "demo.echo", "createdAt": datetime.now(timezone.utc), "attempt": 1, "tenant": "", "deadline": None,
        "notBefore": None, "priority": 0, "idempotencyKey": None, "replyTo": None, "callback": None, "traceparent": None,
        "context": {"from": "python"}, "payload": {"text": text, "seconds": 0.0, "failures": 0},
    }


def send(producer, serializer, text):
    number = uuid.uuid4()
    value = serializer(request(number, text), SerializationContext(REQUESTS, MessageField.VALUE))
    producer.produce(REQUESTS, key=str(number), value=value)
    if producer.flush(WAIT) != 0:
        sys.exit("failed: Kafka does not take the request")
    return number


def answer(consumer, deserializer, number):
    """The payload of *completed*, and the types of the events before it."""
    events = []
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        message = consumer.poll(0.2)
        if message is None or message.error():
            continue
        response = deserializer(message.value(), SerializationContext(RESPONSES, MessageField.VALUE))
        if str(response["requestId"]) != str(number):
            continue
        kind, event = response["event"]
        events.append(kind)
        if kind == "rejoinder.Completed":
            return event["payload"], events
    sys.exit(f"failed: no answer to {number} in {WAIT} s, only {events}")


def status(gateway, number):
    call = urllib.request.Request(f"{gateway}/status/{number}", headers={"Prefer": "wait=10"})
    with urllib.request.urlopen(call) as reply:
        return json.load(reply)


def refused(call, error_code):
    try:
        call()
    except SchemaRegistryError as error:
        return error.error_code == error_code
    return False


def main(brokers, gateway, url, credentials=None):
    settings = {"url": url, "max.retries": 0}
    if credentials:
        settings["basic.auth.user.info"] = credentials
    registry = SchemaRegistryClient(settings)
    subject = f"{REQUESTS}-value"
    latest = registry.get_latest_version(subject)
    check(registry.get_schema(latest.schema_id).schema_str == latest.schema.schema_str, f"{subject} has the id {latest.schema_id}")
    check(registry.lookup_schema(subject, latest.schema).version == latest.version, "the schema is found by its text")
    check(registry.register_schema(subject, latest.schema) == latest.schema_id, "registering it again gives the same id")
    check(refused(lambda: registry.get_schema(2**31 - 1), 40403), "an unknown id is 40403")
    check(refused(lambda: registry.get_latest_version("nobody-value"), 40401), "an unknown subject is 40401")
    check(refused(lambda: registry.get_version(subject, 99), 40402), "an unknown version is 40402")

    producer = Producer({"bootstrap.servers": brokers, "partitioner": "murmur2_random", "enable.idempotence": True})
    consumer = Consumer({"bootstrap.servers": brokers, "group.id": str(uuid.uuid4()), "auto.offset.reset": "earliest"})
    partitions = consumer.list_topics(RESPONSES, timeout=WAIT).topics[RESPONSES].partitions
    consumer.assign([TopicPartition(RESPONSES, number, 0) for number in partitions])
    deserializer = AvroDeserializer(registry, return_record_name=True)

    serializer = AvroSerializer(registry, conf={"auto.register.schemas": False, "use.latest.version": True})
    number = send(producer, serializer, "grüße from Python")
    payload, events = answer(consumer, deserializer, number)
    check(payload["text"] == "grüße from Python" and events[0] == "rejoinder.Started", f"a request by the latest schema is answered: {events}")
    job = status(gateway, number)
    check(job["status"] == "COMPLETED" and job["result"] == {"text": "grüße from Python"}, "the gateway tells the same")

    # A producer with another version of the schema: a field that we do not know, and none of those that have a default.
    changed = json.loads(latest.schema.schema_str)
    kept = ("requestId", "operation", "createdAt", "payload")
    changed["fields"] = [field for field in changed["fields"] if field["name"] in kept]
    changed["fields"].insert(3, {"name": "origin", "type": "string", "default": "?"})
    serializer = AvroSerializer(registry, json.dumps(changed), to_dict=lambda value, _: {name: value[name] for name in kept} | {"origin": "x"})
    number = send(producer, serializer, "another version")
    payload, _ = answer(consumer, deserializer, number)
    check(payload["text"] == "another version", "a request by another version, registered by the serializer, is answered")
    check(status(gateway, number)["status"] == "COMPLETED", "the gateway tells of it")
    check(len(registry.get_versions(subject)) == latest.version + 1, "the subject has one version more")

    if url.startswith(gateway):
        broken = copy.deepcopy(changed)
        broken["fields"].append({"name": "needed", "type": "int"})
        check(not registry.test_compatibility(subject, Schema(json.dumps(broken), "AVRO")), "a field without a default is not compatible")
        check(refused(lambda: registry.register_schema(subject, Schema(json.dumps(broken), "AVRO")), 409), "registering it is 409")
        check(refused(lambda: registry.register_schema("x-value", Schema('{"type":"nope"}', "AVRO")), 42201), "an invalid schema is 42201")
        check(registry.get_compatibility() == "BACKWARD", "the level is BACKWARD")
    consumer.close()


main(*sys.argv[1:])
