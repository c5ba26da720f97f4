//! Which regions the list shows: their level, and the region that they lie in, as the address names them.

use nengce_shared::api::link::LinkView;
use nengce_shared::link::RegionLevel;

/// The keys of the address.
pub const LEVEL: &str = "level";
pub const WITHIN: &str = "within";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub level: RegionLevel,
    /// 2 or 4 digits of the region that they lie in; empty: all.
    pub within: String,
}

impl Place {
    /// What the address names; what fits nothing there is left out.
    pub fn of(level: Option<String>, within: Option<String>, usual: RegionLevel) -> Self {
        let is_region =
            |it: &String| matches!(it.len(), 2 | 4) && it.bytes().all(|it| it.is_ascii_digit());
        let within = within.filter(is_region).unwrap_or_default();
        let named = level.as_deref().and_then(RegionLevel::parse);
        let level = named.unwrap_or(match within.as_str() {
            "" => usual,
            inside => below(inside),
        });
        Self { level, within }.fitted()
    }

    /// The regions inside one: those of the next level.
    pub fn within(region: &str) -> Self {
        Self { level: below(region), within: region.to_owned() }
    }

    /// Another level around the same place.
    pub fn at(&self, level: RegionLevel) -> Self {
        Self { level, within: self.within.clone() }.fitted()
    }

    /// Regions lie in a larger one alone.
    fn fitted(mut self) -> Self {
        let digits = usize::from(self.level.digits()) - 2;
        self.within.truncate(digits);
        self
    }

    pub fn pairs(&self) -> [(&'static str, Option<String>); 2] {
        let within = Some(self.within.clone()).filter(|it| !it.is_empty());
        [(LEVEL, Some(self.level.as_str().to_owned())), (WITHIN, within)]
    }
}

/// The level below a region, by its digits.
fn below(region: &str) -> RegionLevel {
    match region.len() {
        0 => RegionLevel::Province,
        2 => RegionLevel::City,
        _ => RegionLevel::District,
    }
}

/// The level that says most: the one at which the regions of the platforms below differ; without such platforms districts.
pub fn usual(view: &std::sync::Arc<LinkView>) -> RegionLevel {
    let regions: Vec<&str> =
        view.belows.iter().flat_map(|it| it.regions.iter().map(String::as_str)).collect();
    let differ = |digits: usize| {
        let mut starts = regions.iter().filter_map(|it| it.get(..digits));
        let first = starts.next();
        starts.any(|it| Some(it) != first)
    };
    match () {
        () if differ(2) => RegionLevel::Province,
        () if differ(4) || regions.iter().any(|it| it.len() == 2) => RegionLevel::City,
        () => RegionLevel::District,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(level: &str, within: &str) -> Place {
        Place::of(Some(level.to_owned()), Some(within.to_owned()), RegionLevel::District)
    }

    #[test]
    fn a_level_lies_in_a_larger_region_alone() {
        assert_eq!(place("district", "1201").within, "1201");
        assert_eq!(place("city", "1201").within, "12");
        assert_eq!(place("province", "1201").within, "");
        assert_eq!(place("district", "12").at(RegionLevel::City).within, "12");
    }

    #[test]
    fn what_names_nothing_is_left_out() {
        for wrong in ["120", "12x1", "', --", "120116"] {
            assert_eq!(place("district", wrong).within, "", "{wrong}");
        }
        assert_eq!(place("planet", "12").level, RegionLevel::City);
        assert_eq!(Place::of(None, None, RegionLevel::City).level, RegionLevel::City);
    }

    #[test]
    fn a_region_opens_the_level_below_it() {
        assert_eq!(Place::within("12").level, RegionLevel::City);
        assert_eq!(Place::within("1201").level, RegionLevel::District);
        assert_eq!(Place::within("").level, RegionLevel::Province);
    }
}
