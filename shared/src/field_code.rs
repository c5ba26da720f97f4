//! `fieldCode`: the broad field a unit works in.

crate::wire_enum! {
    /// Terminal protocol `fieldCode` of the unit's configuration (found).
    pub enum FieldCode {
        Industry = 100, "industry", "工业", "Industry";
        Transport = 200, "transport", "交通运输", "Transport";
        HotelsCatering = 300, "hotels_catering", "宾馆餐饮", "Hotels and catering";
        Trade = 400, "trade", "商贸", "Trade";
        Education = 500, "education", "教育", "Education";
        Other = 600, "other", "其他", "Other";
    }
}
