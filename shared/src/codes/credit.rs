//! Closed lists of the credit list: levels, and the steps of an entry.

crate::wire_enum! {
    /// How serious an act is.
    pub enum CreditLevel {
        /// General dishonesty.
        General = 1, "general", "一般", "General";
        /// Serious dishonesty.
        Serious = 2, "serious", "严重", "Serious";
    }
}

crate::wire_enum! {
    /// A step of an entry. Steps are added and never changed.
    pub enum CreditStep {
        /// The officer proposed it.
        Proposed = 1, "proposed", "提出", "Proposed";
        /// The legal review agrees.
        Reviewed = 2, "reviewed", "审核同意", "Reviewed";
        /// Whoever decides agrees.
        Approved = 3, "approved", "审批同意", "Approved";
        /// One of them does not.
        Refused = 4, "refused", "不同意", "Refused";
        /// The unit was told.
        Noticed = 5, "noticed", "告知单位", "Unit told";
        /// The unit objected.
        Objected = 6, "objected", "提出异议", "Objected";
        /// Its objection is right: there is no listing.
        ObjectionUpheld = 7, "objection_upheld", "异议成立", "Objection upheld";
        /// Its objection is not.
        ObjectionRejected = 8, "objection_rejected", "异议不成立", "Objection rejected";
        /// The unit is on the list.
        Listed = 9, "listed", "列入", "Listed";
        /// The unit corrected what it had done, and leaves the list.
        Cured = 10, "cured", "修复移出", "Cured";
        /// The listing was wrong or its decision was revoked.
        Withdrawn = 11, "withdrawn", "撤回", "Withdrawn";
    }
}

impl CreditStep {
    /// Whether nothing follows.
    pub const fn is_end(self) -> bool {
        matches!(self, Self::Refused | Self::ObjectionUpheld | Self::Cured | Self::Withdrawn)
    }

    /// Whether the unit sees an entry from this step on.
    pub const fn tells_unit(self) -> bool {
        matches!(
            self,
            Self::Noticed
                | Self::Objected
                | Self::ObjectionUpheld
                | Self::ObjectionRejected
                | Self::Listed
                | Self::Cured
                | Self::Withdrawn
        )
    }
}

crate::wire_enum! {
    /// What became of a row for the credit platform.
    pub enum PushState {
        /// It waits for its turn or is tried again.
        Waiting = 1, "waiting", "待推送", "Waiting";
        /// The platform has it.
        Sent = 2, "sent", "已送达", "Sent";
        /// The platform refused it, and trying again will not help.
        Refused = 3, "refused", "被拒收", "Refused";
    }
}
