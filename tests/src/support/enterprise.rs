//! Builders of invented enterprises: a valid credit code each, and the configuration a terminal sends.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

#[derive(Debug, Clone)]
pub struct Enterprise {
    pub code: String,
    pub name: String,
    pub region: String,
    pub industry: String,
    pub level: u8,
    pub conversion: bool,
    pub items: Vec<(String, u8)>,
}

/// Completes 17 characters by GB 32100: weights 3^i mod 31, check = (31 − Σ mod 31) mod 31.
pub fn credit_code(first17: &str) -> String {
    let value = |c: u8| ALPHABET.iter().position(|a| *a == c).expect("a character of the alphabet");
    let mut weight = 1;
    let mut sum = 0;
    for character in first17.bytes() {
        sum += value(character) * weight;
        weight = weight * 3 % 31;
    }
    format!("{first17}{}", ALPHABET[(31 - sum % 31) % 31] as char)
}

impl Enterprise {
    /// A new enterprise that no other test of this process has.
    pub fn new(name: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        Self::numbered(NEXT.fetch_add(1, Ordering::Relaxed), name)
    }

    pub fn numbered(number: u32, name: &str) -> Self {
        Self {
            code: credit_code(&format!("91120116MA07T{number:04}")),
            name: name.to_owned(),
            region: "120116".to_owned(),
            industry: "C3110".to_owned(),
            level: 4,
            conversion: false,
            items: Vec::new(),
        }
    }

    pub fn region(mut self, code: &str) -> Self {
        self.region = code.to_owned();
        self
    }

    pub fn industry(mut self, code: &str) -> Self {
        self.industry = code.to_owned();
        self
    }

    /// `energyConsumeLevel`, 1–6.
    pub fn level(mut self, level: u8) -> Self {
        self.level = level;
        self
    }

    /// A conversion unit (`jgzh`).
    pub fn conversion(mut self) -> Self {
        self.conversion = true;
        self
    }

    /// One entry of `collectItemConfig` per item and statType.
    pub fn collects(mut self, data_code: &str, stat_type: u8) -> Self {
        self.items.push((data_code.to_owned(), stat_type));
        self
    }

    pub fn config_message(&self, device_id: &str) -> Value {
        let items: Vec<Value> =
            self.items.iter().map(|(code, stat_type)| item_config(code, *stat_type)).collect();
        json!({
            "deviceId": device_id,
            "enterpriseCode": self.code,
            "collectItemConfig": items,
            "enterprise": {
                "code": self.code, "name": self.name, "typeCode": "159", "typeName": "其他有限责任公司",
                "industryCode": self.industry, "regionCode": self.region, "center": false,
                "corporationCode": self.code, "jgzh": self.conversion, "energyConsumeLevel": self.level,
                "latitude": 39.0, "longitude": 117.2, "phone": "022-00000000",
            },
            "group": {"name": "示例集团", "address": "天津市", "remark": ""},
            "process": [{"processCode": "10", "processName": "熟料烧成工序", "industryCode": self.industry}],
            "processUnit": [],
        })
    }
}

fn item_config(code: &str, stat_type: u8) -> Value {
    let parts: Vec<&str> = code.split('-').collect();
    let [process, unit, equipment, class_and_type, usage] = parts[..] else {
        panic!("a data code: {code}")
    };
    json!({
        "name": code, "processCode": process, "processUnitCode": unit,
        "equipmentCode": &equipment[..2], "equipmentUnitCode": &equipment[2..],
        "energyClassCode": &class_and_type[..2], "energyTypeCode": &class_and_type[2..], "dataUsageCode": usage,
        "inputType": 4, "dataValueMax": 1e9, "dataValueMin": -1e9, "statType": stat_type,
        "scope": super::message::scope_of(code), "collectSystemName": "能源管理系统", "remark": "",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credit_codes_complete_the_published_examples() {
        assert_eq!(credit_code("91120112000000019"), "911201120000000191");
        assert_eq!(credit_code("91120110MA06ABCDX"), "91120110MA06ABCDX2");
    }
}
