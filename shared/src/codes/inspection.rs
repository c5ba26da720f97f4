//! Closed lists of inspections: how a unit came into a programme, and by what visits are spread.

crate::wire_enum! {
    /// By what the visits of a programme that go by score are spread.
    pub enum Fairness {
        /// The ranking alone decides.
        None = 1, "none", "不分摊", "Not spread";
        /// Each district has the part of the visits that it has of the units with a reason.
        District = 2, "district", "按区分摊", "By district";
        /// The same by division of industry.
        Industry = 3, "industry", "按行业分摊", "By industry";
    }
}

crate::wire_enum! {
    /// How a unit came into a programme.
    pub enum HowChosen {
        /// By its score.
        Score = 1, "score", "按得分", "By score";
        /// By the random draw.
        Draw = 2, "draw", "随机抽取", "Drawn at random";
    }
}
