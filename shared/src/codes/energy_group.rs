//! The six energy groups of every stacked chart, in the order of the stack from the bottom.

crate::wire_enum! {
    /// Group of an energy type; order and colour never change between pages.
    pub enum EnergyGroup {
        Coal = 1, "coal", "煤炭", "Coal";
        Oil = 2, "oil", "油品", "Oil";
        Gas = 3, "gas", "天然气", "Gas";
        Electricity = 4, "electricity", "电力", "Electricity";
        Heat = 5, "heat", "热力", "Heat";
        Other = 6, "other", "其他", "Other";
    }
}

impl EnergyGroup {
    /// The group of a four-digit type `TTTT` of `energy_types.csv`.
    ///
    /// 01–14 coal, coke and the gases made from coal; 15–17 natural gas, LNG, coalbed methane;
    /// 18–31 oil and its products; 32 heat; 33 electricity; everything else, also what cannot
    /// be read, other. The grouping is this product's choice, not a standard's.
    pub fn of_type(code: &str) -> Self {
        let family = match code.as_bytes() {
            [a @ b'0'..=b'9', b @ b'0'..=b'9', b'0'..=b'9', b'0'..=b'9'] => {
                (a - b'0') * 10 + (b - b'0')
            }
            _ => return Self::Other,
        };
        match family {
            1..=14 => Self::Coal,
            15..=17 => Self::Gas,
            18..=31 => Self::Oil,
            32 => Self::Heat,
            33 => Self::Electricity,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::EnergyGroup::{self, *};

    #[test]
    fn groups_follow_the_type_table() {
        for (code, group) in [
            ("0100", Coal),
            ("0900", Coal),
            ("1400", Coal),
            ("1500", Gas),
            ("1600", Gas),
            ("1700", Gas),
            ("1800", Oil),
            ("3100", Oil),
            ("3200", Heat),
            ("3300", Electricity),
            ("3700", Other),
            ("0000", Other),
            ("33", Other),
            ("电力00", Other),
        ] {
            assert_eq!(EnergyGroup::of_type(code), group, "{code}");
        }
    }
}
