"""fraud-watch-agent: reads CLAIM_FILED, answers RISK_ASSESSMENT_COMPLETED about claims that need a second look."""
import json, os, uuid
from datetime import datetime
from confluent_kafka import Consumer, KafkaException, Producer

AGENT = "fraud-watch-agent"
BROKERS = os.environ.get("KAFKA_BROKERS", "127.0.0.1:19092")
NAMESPACE = os.environ.get("AIKA_NAMESPACE", "aika")
EVENTS = [f"{NAMESPACE}.events", f"{NAMESPACE}.events.high"]  # what is urgent has a lane of its own


def answer(message):
    """The message that follows from this one, or None. Uses no clock and no random: repeated, it says the same."""
    if message["messageType"] != "CLAIM_FILED" or message.get("targetAgentId") not in (None, AGENT):
        return None
    claim = message["payload"]
    delay = datetime.fromisoformat(claim["reportedAt"]) - datetime.fromisoformat(claim["lossAt"])
    factors = ["late_report"] * (delay.days > 30) + ["large_loss"] * (claim["estimatedLoss"]["amount"] >= 2_500_000)
    if not factors:
        return None
    return {
        "message_id": f"msg-{uuid.uuid5(uuid.NAMESPACE_URL, AGENT + '/' + message['messageId'])}",
        "timestamp": message["timestamp"],
        "source_agent_id": AGENT,
        "message_type": "RISK_ASSESSMENT_COMPLETED",
        "priority": message.get("priority", "NORMAL"),
        "payload": {"customer_id": claim["customerId"], "risk_score": 40 * len(factors), "risk_factors": factors,
                    "recommendations": ["second_look"]},
        "metadata": {**message.get("metadata", {}), "causationId": message["messageId"]},
    }


def delivered(error, _record):
    if error:
        raise KafkaException(error)  # out of flush(), before the offset is committed


def main():
    consumer = Consumer({"bootstrap.servers": BROKERS, "group.id": f"{NAMESPACE}.{AGENT}", "enable.auto.commit": False,
                         "isolation.level": "read_committed", "auto.offset.reset": "earliest"})
    producer = Producer({"bootstrap.servers": BROKERS, "enable.idempotence": True, "partitioner": "murmur2_random"})
    consumer.subscribe(EVENTS)
    try:
        while True:
            record = consumer.poll(1.0)
            if record is None or record.error():
                continue  # nothing new, or something that the client itself retries
            try:
                out = answer(json.loads(record.value()))
            except (ValueError, KeyError, TypeError, AttributeError):
                out = None  # unreadable: the system's steward sends it to the dead letters, nobody waits for us
            if out:
                producer.produce(record.topic(), json.dumps(out), key=out["payload"]["customer_id"],
                                 on_delivery=delivered)  # in the lane of what it answers
                producer.flush()
            consumer.commit(record, asynchronous=False)
    except KeyboardInterrupt:
        pass
    finally:
        consumer.close()


if __name__ == "__main__":
    main()
