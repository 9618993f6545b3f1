"""A stock client of another language for the end-to-end tests: confluent-kafka with its own keys and partitioner.

stock_client.py send TOPIC        sends every JSON line of standard input, {"key", "value"}, and prints in their order
                                  where they came to stand
stock_client.py follow TOPIC ...  prints every committed record, from the oldest on, until standard input ends

The brokers are in KAFKA_BROKERS. STOCK_CLIENT_COMPRESSION names a codec for `send`.
"""
import json, os, sys, threading, uuid
from confluent_kafka import Consumer, KafkaException, Producer

BROKERS = os.environ["KAFKA_BROKERS"]


def text(data):
    return None if data is None else data.decode()


def send(topic):
    # No "partitioner": the client's default, consistent_random by CRC-32, is the case to be tested.
    producer = Producer({"bootstrap.servers": BROKERS, "enable.idempotence": True,
                         "compression.type": os.environ.get("STOCK_CLIENT_COMPRESSION", "none")})
    places = {}

    def report(number):
        def delivered(error, record):
            if error:
                raise KafkaException(error)
            places[number] = {"topic": record.topic(), "partition": record.partition(), "offset": record.offset()}
        return delivered

    lines = [json.loads(line) for line in sys.stdin if line.strip()]
    for number, line in enumerate(lines):
        producer.produce(topic, line["value"], key=line["key"], on_delivery=report(number))
    if producer.flush(30) > 0:
        raise SystemExit("not all records were delivered in 30 s")
    for number in range(len(lines)):
        print(json.dumps(places[number]))


def follow(topics):
    consumer = Consumer({"bootstrap.servers": BROKERS, "group.id": f"stock-client-{uuid.uuid4()}",
                         "isolation.level": "read_committed", "enable.auto.commit": False,
                         "auto.offset.reset": "earliest"})
    consumer.subscribe(topics)
    owner_is_gone = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), owner_is_gone.set()), daemon=True).start()
    while not owner_is_gone.is_set():
        record = consumer.poll(0.2)
        if record is None:
            continue
        if record.error():
            if record.error().retriable():
                continue
            raise KafkaException(record.error())
        headers = {name: text(value) for name, value in record.headers() or []}
        print(json.dumps({"topic": record.topic(), "partition": record.partition(), "offset": record.offset(),
                          "key": text(record.key()), "headers": headers, "value": text(record.value())}), flush=True)
    consumer.close()


if __name__ == "__main__":
    if sys.argv[1] == "send":
        send(sys.argv[2])
    else:
        follow(sys.argv[2:])
