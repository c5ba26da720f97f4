//! Metrics of a node of Sparkplug B: pysparkplug, by way of mosquitto.
use std::io::Write as _;
use std::process::{Child, Command, Stdio};

use nengce_sources::Source;

use crate::running::{expect, free_port, named, read, script, source, start, until};

/// A node that does what it is told.
struct Node(Child);

impl Node {
    fn start(port: u16) -> Self {
        let mut command = script("sparkplug_node.py", &[&port.to_string()]);
        Self(command.stdin(Stdio::piped()).spawn().expect("a node"))
    }

    fn tell(&mut self, what: &str) {
        let input = self.0.stdin.as_mut().expect("its input");
        writeln!(input, "{what}").and_then(|()| input.flush()).expect("told");
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if let Err(error) = self.0.kill().and_then(|()| self.0.wait()) {
            eprintln!("the node did not end: {error}");
        }
    }
}

fn settings(port: u16, more: &str) -> Source {
    source(&format!(
        "kind = 'mqtt'\nhost = '127.0.0.1'\nport = {port}\nclient_id = 'terminal'\ntimeout_ms = 300\n{more}"
    ))
}

#[tokio::test]
async fn metrics() {
    let port = free_port();
    let _broker = start(Command::new(named("MOSQUITTO")).args(["-p", &port.to_string()]), port);
    let mut source = settings(port, "");
    expect(&mut source, &[(&energy(), Err("source-missing"))]).await;
    let mut node = Node::start(port);
    // Before its BIRTH an alias says nothing, and an integer not whether it has a sign.
    node.tell("named");
    until(&mut source, &meter("float"), Ok(3.5)).await;
    node.tell("aliases");
    node.tell("birth");
    until(&mut source, &energy(), Ok(1234.5)).await;
    let types = [
        ("int8", Ok(-5.0)),
        ("int16", Ok(-300.0)),
        ("int32", Ok(-70_000.0)),
        ("int64", Ok(-5e9)),
        ("uint8", Ok(251.0)),
        ("uint16", Ok(65_000.0)),
        ("uint32", Ok(4e9)),
        ("uint64", Ok(5e9)),
        ("float", Ok(2.5)),
        ("running", Ok(1.0)),
        ("text", Ok(77.25)),
        ("word", Err("source-not-number")),
        ("nothing", Err("source-missing")),
        ("other", Err("source-missing")),
    ];
    for (metric, expected) in types {
        expect(&mut source, &[(&meter(metric), expected)]).await;
    }
    let answer = read(&mut source, &[&energy()]).await.remove(0).expect("a value");
    assert_eq!(answer.at, Some(1_767_600_000));
    node.tell("aliases");
    until(&mut source, &energy(), Ok(1300.0)).await;
    expect(&mut source, &[(&meter("int16"), Ok(-301.0))]).await;
    // What was held back does not replace the present value.
    node.tell("historical");
    until(&mut source, &meter("float"), Ok(4.5)).await;
    expect(&mut source, &[(&energy(), Ok(1300.0))]).await;
    node.tell("death of another session");
    until(&mut source, &meter("float"), Ok(5.5)).await;
    node.tell("death of the device");
    until(&mut source, &energy(), Err("source-too-old")).await;
    node.tell("birth");
    until(&mut source, &energy(), Ok(1234.5)).await;
    expect(&mut source, &[("spBv1.0/plant/gateway#load", Ok(0.5))]).await;
    // Killed, it leaves its will to the broker.
    drop(node);
    until(&mut source, &energy(), Err("source-too-old")).await;
    expect(&mut source, &[("spBv1.0/plant/gateway#load", Err("source-too-old"))]).await;
}

#[tokio::test]
async fn a_node_is_asked_for_its_names() {
    let port = free_port();
    let _broker = start(Command::new(named("MOSQUITTO")).args(["-p", &port.to_string()]), port);
    let mut node = Node::start(port);
    // It listens for commands once what it publishes arrives.
    let mut quiet = settings(port, "max_age_seconds = 60\n");
    let mut seen = read(&mut quiet, &[&meter("float")]).await.remove(0);
    while seen.is_err() {
        node.tell("named");
        seen = read(&mut quiet, &[&meter("float")]).await.remove(0);
    }
    drop(quiet);
    let mut asking = settings(port, "sparkplug_rebirth = true\n");
    until(&mut asking, &energy(), Ok(1234.5)).await;
}

fn meter(metric: &str) -> String {
    format!("spBv1.0/plant/gateway/meter#{metric}")
}

fn energy() -> String {
    meter("Energy/Total kWh")
}
