"""A node of Sparkplug B of another origin: pysparkplug. It publishes what the words on its input say."""
import sys

from pysparkplug import (Client, DataType, DBirth, DData, DDeath, Message, MessageType, Metric, NBirth, NDeath, QoS,
                         Topic)

MOMENT = 1767571200250  # 2026-01-05 08:00:00.250 in China
VALUES = [
    ("Energy/Total kWh", DataType.DOUBLE, 1234.5),
    ("int8", DataType.INT8, -5),
    ("int16", DataType.INT16, -300),
    ("int32", DataType.INT32, -70000),
    ("int64", DataType.INT64, -5_000_000_000),
    ("uint8", DataType.UINT8, 251),
    ("uint16", DataType.UINT16, 65000),
    ("uint32", DataType.UINT32, 4_000_000_000),
    ("uint64", DataType.UINT64, 5_000_000_000),
    ("float", DataType.FLOAT, 2.5),
    ("running", DataType.BOOLEAN, True),
    ("text", DataType.STRING, "77.25"),
    ("word", DataType.STRING, "closed"),
    ("nothing", DataType.DOUBLE, None),
]


def topic(kind, device=None):
    return Topic(message_type=kind, group_id="plant", edge_node_id="gateway", device_id=device)


def send(kind, payload, device=None, dtypes=False):
    message = Message(topic=topic(kind, device), payload=payload, qos=QoS.AT_MOST_ONCE, retain=False)
    client.publish(message, include_dtypes=dtypes)


def metric(name, datatype, value, alias=None, **more):
    return Metric(timestamp=MOMENT, name=name, datatype=datatype, value=value, alias=alias, **more)


def session(number):
    return Metric(timestamp=MOMENT, name="bdSeq", datatype=DataType.INT64, value=number)


def birth():
    load = metric("load", DataType.FLOAT, 0.5)
    send(MessageType.NBIRTH, NBirth(timestamp=MOMENT, seq=0, metrics=(session(7), load)), dtypes=True)
    metrics = tuple(metric(*it, alias=100 + at) for at, it in enumerate(VALUES))
    send(MessageType.DBIRTH, DBirth(timestamp=MOMENT, seq=1, metrics=metrics), "meter", dtypes=True)


def data(*metrics):
    send(MessageType.DDATA, DData(timestamp=MOMENT, seq=2, metrics=metrics), "meter")


client = Client(client_id="gateway")
will = NDeath(timestamp=MOMENT, bd_seq_metric=session(7))
client.set_will(Message(topic=topic(MessageType.NDEATH), payload=will, qos=QoS.AT_MOST_ONCE, retain=False))
client.subscribe(topic(MessageType.NCMD), QoS.AT_LEAST_ONCE, lambda _, message: commanded(message))


def commanded(message):
    if [(it.name, it.value) for it in message.payload.metrics] == [("Node Control/Rebirth", True)]:
        birth()


client.connect("127.0.0.1", port=int(sys.argv[1]))
for line in sys.stdin:
    match line.strip():
        case "birth":
            birth()
        case "named":
            data(metric("float", DataType.FLOAT, 3.5), metric("other", DataType.DOUBLE, 1.0))
        case "aliases":
            data(metric(None, DataType.DOUBLE, 1300.0, alias=100), metric(None, DataType.INT16, -301, alias=102))
        case "historical":
            data(metric(None, DataType.DOUBLE, 1.0, alias=100, is_historical=True))
            data(metric(None, DataType.FLOAT, 4.5, alias=109))
        case "death of the device":
            send(MessageType.DDEATH, DDeath(timestamp=MOMENT, seq=3), "meter")
        case "death of another session":
            send(MessageType.NDEATH, NDeath(timestamp=MOMENT, bd_seq_metric=session(6)))
            data(metric("float", DataType.FLOAT, 5.5))
