//! Names: `spBv1.0/GROUP/NODE[/DEVICE]#METRIC` in addresses, and the topics that belong to them.
use crate::address::AddressError;

const SPACE: &str = "spBv1.0/";
const KINDS: [&str; 9] =
    ["NBIRTH", "NDATA", "NDEATH", "NCMD", "DBIRTH", "DDATA", "DDEATH", "DCMD", "STATE"];

/// A node, or a device behind it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(super) group: String,
    pub(super) node: String,
    pub(super) device: Option<String>,
}

/// A metric of a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name {
    pub(crate) place: Place,
    pub(crate) metric: String,
}

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Birth,
    Data,
    Death,
}

impl Place {
    /// The node that it is, or is behind.
    pub(super) fn of_node(&self) -> Self {
        Self { device: None, ..self.clone() }
    }

    /// The topics that tell of it; those of a device include those of its node, without which it does not live.
    pub(super) fn topics(&self) -> Vec<String> {
        let Self { group, node, device } = self;
        let mut topics: Vec<String> =
            ["NBIRTH", "NDEATH"].map(|it| format!("{SPACE}{group}/{it}/{node}")).into();
        match device {
            None => topics.push(format!("{SPACE}{group}/NDATA/{node}")),
            Some(device) => topics.extend(
                ["DBIRTH", "DDATA", "DDEATH"]
                    .map(|it| format!("{SPACE}{group}/{it}/{node}/{device}")),
            ),
        }
        topics
    }

    /// Where a command to its node goes.
    pub(super) fn command(&self) -> String {
        format!("{SPACE}{}/NCMD/{}", self.group, self.node)
    }

    /// The place and the kind of a topic; none of another.
    pub(super) fn of_topic(topic: &str) -> Option<(Self, Kind)> {
        let parts: Vec<&str> = topic.strip_prefix(SPACE)?.split('/').collect();
        let (group, kind, node, device) = match parts.as_slice() {
            [group, kind, node] => (group, kind, node, None),
            [group, kind, node, device] => (group, kind, node, Some((*device).to_owned())),
            _ => return None,
        };
        let kind = match (*kind, &device) {
            ("NBIRTH", None) | ("DBIRTH", Some(_)) => Kind::Birth,
            ("NDATA", None) | ("DDATA", Some(_)) => Kind::Data,
            ("NDEATH", None) | ("DDEATH", Some(_)) => Kind::Death,
            _ => return None,
        };
        let (group, node) = ((*group).to_owned(), (*node).to_owned());
        Some((Self { group, node, device }, kind))
    }
}

impl Name {
    /// Whether an address or a topic is one of Sparkplug B.
    pub(crate) fn is_meant(text: &str) -> bool {
        text.starts_with(SPACE)
    }

    pub(crate) fn parse(text: &str) -> Result<Self, AddressError> {
        let wrong = || {
            let (zh, en) = (
                "应写作 spBv1.0/组/节点[/设备]#度量名，不写消息类型",
                "write spBv1.0/GROUP/NODE[/DEVICE]#METRIC, without the type of a message",
            );
            AddressError::new(text, zh, en)
        };
        let rest = text.strip_prefix(SPACE).ok_or_else(wrong)?;
        let (place, metric) = rest.split_once('#').ok_or_else(wrong)?;
        let parts: Vec<&str> = place.split('/').collect();
        let is_word =
            |it: &&str| !it.is_empty() && !it.contains(|it: char| it == '+' || it.is_control());
        let (group, node, device) = match parts.as_slice() {
            [group, node] => (group, node, None),
            [group, node, device] => (group, node, Some((*device).to_owned())),
            _ => return Err(wrong()),
        };
        if metric.is_empty() || !parts.iter().all(is_word) || KINDS.contains(node) {
            return Err(wrong());
        }
        let (group, node) = ((*group).to_owned(), (*node).to_owned());
        Ok(Self { place: Place { group, node, device }, metric: metric.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Name, Place};

    #[test]
    fn addresses_and_topics() {
        let name = Name::parse("spBv1.0/plant/gateway/meter 1#Energy/total kWh").expect("a name");
        assert_eq!(name.metric, "Energy/total kWh");
        let topics = name.place.topics();
        assert_eq!(topics.len(), 5);
        for topic in &topics {
            let (place, _) = Place::of_topic(topic).expect(topic);
            assert_eq!(place.of_node(), name.place.of_node());
        }
        let data = "spBv1.0/plant/DDATA/gateway/meter 1";
        assert_eq!(Place::of_topic(data), Some((name.place, Kind::Data)));
        assert_eq!(Place::of_topic("spBv1.0/plant/DDATA/gateway"), None);
        let node = Name::parse("spBv1.0/plant/gateway#a").expect("a name");
        assert_eq!(node.place.topics()[2], "spBv1.0/plant/NDATA/gateway");
        assert_eq!(node.place.command(), "spBv1.0/plant/NCMD/gateway");
    }

    #[test]
    fn badly_written() {
        for text in [
            "spBv1.0/plant/gateway",
            "spBv1.0/plant/gateway#",
            "spBv1.0/plant#a",
            "spBv1.0/plant//meter#a",
            "spBv1.0/plant/DDATA/gateway#a",
            "spBv1.0/plant/DDATA/gateway/meter#a",
            "spBv1.0/plant/+#a",
        ] {
            assert!(Name::parse(text).is_err(), "{text}");
        }
    }
}
