//! The words of the link to a platform above: how it stands, and what became of dictionaries from there.

crate::wire_enum! {
    /// How the link to a platform above stands.
    pub enum LinkState {
        /// The last exchange succeeded, or nothing had to be sent yet.
        Working = 1, "working", "正常", "Working";
        /// An administrator paused it.
        Paused = 2, "paused", "已暂停", "Paused";
        /// The platform above does not answer, or asks to wait; the same is sent again.
        Waiting = 3, "waiting", "等待重发", "Waiting to send again";
        /// The platform above refuses; somebody has to act.
        Refused = 4, "refused", "被拒绝", "Refused";
    }
}

crate::wire_enum! {
    /// What became of an edition of the dictionaries that a platform above gave.
    pub enum OfferState {
        /// It waits for a decision.
        Offered = 1, "offered", "待决定", "To be decided";
        /// It is applied on its day.
        Scheduled = 2, "scheduled", "已排期", "Scheduled";
        /// It is in force, or was until a later one.
        Applied = 3, "applied", "已应用", "Applied";
        /// An administrator declined it.
        Declined = 4, "declined", "未采用", "Declined";
        /// A newer edition came before it was decided.
        Superseded = 5, "superseded", "已被新版取代", "Superseded";
    }
}

crate::wire_enum! {
    /// The level of regions in a list.
    pub enum RegionLevel {
        /// Provinces: two digits.
        Province = 1, "province", "省", "Province";
        /// Cities: four digits.
        City = 2, "city", "市", "City";
        /// Districts and counties: six digits.
        District = 3, "district", "区县", "District";
    }
}

impl RegionLevel {
    /// The leading digits of a code of GB/T 2260 that name a region of this level.
    pub const fn digits(self) -> u8 {
        match self {
            Self::Province => 2,
            Self::City => 4,
            Self::District => 6,
        }
    }
}
