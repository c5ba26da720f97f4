//! Closed lists of inspection cases: the steps of a case, who takes them, its phases, documents and frozen evidence.

crate::wire_enum! {
    /// Who takes a step of a case.
    pub enum CaseActor {
        /// The inspector who handles the case.
        Officer = 1, "officer", "承办人", "Officer";
        /// Whoever approves in the place of the authority's head.
        Approver = 2, "approver", "审批人", "Approver";
        /// Whoever does the legal review.
        Reviewer = 3, "reviewer", "法制审核人", "Legal reviewer";
        /// The unit that the case is about.
        Unit = 4, "unit", "当事单位", "The unit";
    }
}

crate::wire_enum! {
    /// A step of a case. Steps are added and never changed; one that was wrong is undone by a later step.
    pub enum CaseStep {
        /// A clue was taken down.
        Clue = 1, "clue", "线索", "Clue";
        /// The officer asked that the case be opened.
        OpeningAsked = 2, "opening_asked", "报请立案", "Opening asked";
        /// The case was opened.
        Opened = 3, "opened", "立案", "Opened";
        /// The case was not opened.
        NotOpened = 4, "not_opened", "不予立案", "Not opened";
        /// The visit was announced in writing.
        InspectionNotice = 5, "inspection_notice", "监察通知", "Visit announced";
        /// What two officers found on site.
        Record = 6, "record", "现场笔录", "Record on site";
        /// Readings, quality, meters and terminal were frozen.
        Evidence = 7, "evidence", "冻结证据", "Evidence frozen";
        /// The unit has to rectify by a day.
        Order = 8, "order", "限期整改通知", "Order to rectify";
        /// The unit acts lawfully and could save.
        Advice = 9, "advice", "节能监察建议", "Advice on saving";
        /// The unit asked for more time.
        ExtensionAsked = 10, "extension_asked", "申请延期", "Extension asked";
        /// It has more time.
        ExtensionGranted = 11, "extension_granted", "准予延期", "Extension granted";
        /// It has no more time.
        ExtensionRefused = 12, "extension_refused", "不予延期", "Extension refused";
        /// The re-inspection found the order carried out.
        Met = 13, "met", "复查合格", "Order carried out";
        /// The re-inspection found that it was not.
        NotMet = 14, "not_met", "复查未达到", "Order not carried out";
        /// The unit was told of the penalty that is intended, with facts, reasons and its rights.
        IntendedPenalty = 15, "intended_penalty", "事先告知", "Intended penalty told";
        /// The unit stated its case.
        Statement = 16, "statement", "陈述申辩", "Statement and defence";
        /// The unit asked for a hearing.
        HearingAsked = 17, "hearing_asked", "要求听证", "Hearing asked";
        /// Day and place of the hearing were told.
        HearingNotice = 18, "hearing_notice", "听证通知", "Hearing announced";
        /// The hearing took place.
        HearingHeld = 19, "hearing_held", "举行听证", "Hearing held";
        /// The legal review has no objection.
        ReviewPassed = 20, "review_passed", "法制审核通过", "Legal review passed";
        /// The legal review sent the case back.
        ReviewReturned = 21, "review_returned", "法制审核退回", "Legal review returned it";
        /// The penalty was decided.
        Decision = 22, "decision", "处罚决定", "Penalty decided";
        /// It was decided that there is no penalty.
        NoPenalty = 23, "no_penalty", "不予处罚决定", "No penalty decided";
        /// A document was served.
        Served = 24, "served", "送达", "Served";
        /// The fine was paid in whole.
        Paid = 25, "paid", "缴纳罚款", "Paid";
        /// The surcharge for late payment was told.
        Surcharge = 26, "surcharge", "加处罚款", "Surcharge";
        /// The decision was published.
        Published = 27, "published", "公示", "Published";
        /// The decision was revoked.
        Revoked = 28, "revoked", "撤销决定", "Decision revoked";
        /// What was published was withdrawn.
        Unpublished = 29, "unpublished", "撤回公示", "Publication withdrawn";
        /// The case went to the authority that it belongs to.
        Transferred = 30, "transferred", "移送", "Transferred";
        /// The case is closed.
        Closed = 31, "closed", "结案", "Closed";
        /// The papers are filed.
        Filed = 32, "filed", "归档", "Filed";
        /// The case was given up with a reason.
        Stopped = 33, "stopped", "终止", "Given up";
        /// A step was undone.
        Undone = 34, "undone", "撤销步骤", "Step undone";
        /// Another officer handles the case.
        Assigned = 35, "assigned", "指派承办人", "Officer assigned";
        /// A message between the unit and the authority.
        Message = 36, "message", "留言", "Message";
        /// A file was added.
        File = 37, "file", "附件", "File";
    }
}

impl CaseStep {
    /// Who takes the step; none for a step that both sides take.
    pub const fn actor(self) -> Option<CaseActor> {
        Some(match self {
            Self::Message | Self::File | Self::Undone => return None,
            Self::Opened
            | Self::NotOpened
            | Self::ExtensionGranted
            | Self::ExtensionRefused
            | Self::Decision
            | Self::NoPenalty
            | Self::Revoked
            | Self::Stopped => CaseActor::Approver,
            Self::ReviewPassed | Self::ReviewReturned => CaseActor::Reviewer,
            Self::ExtensionAsked | Self::Statement | Self::HearingAsked => CaseActor::Unit,
            _ => CaseActor::Officer,
        })
    }

    /// Whether the step is a state of the path.
    pub const fn is_state(self) -> bool {
        !matches!(
            self,
            Self::Evidence
                | Self::Statement
                | Self::HearingAsked
                | Self::Served
                | Self::Published
                | Self::Unpublished
                | Self::Undone
                | Self::Assigned
                | Self::Message
                | Self::File
        )
    }

    /// Whether the unit sees the step. What the authority does within itself it does not see.
    pub const fn is_seen_by_unit(self) -> bool {
        !matches!(
            self,
            Self::Clue
                | Self::OpeningAsked
                | Self::Opened
                | Self::NotOpened
                | Self::ReviewPassed
                | Self::ReviewReturned
                | Self::Undone
                | Self::Assigned
                | Self::Filed
        )
    }

    /// Whether the unit learns of the case by this step, and sees the case from then on.
    pub const fn tells_unit(self) -> bool {
        self.is_seen_by_unit()
            && !matches!(self, Self::Evidence | Self::Message | Self::File | Self::Stopped)
    }

    /// Whether nothing but filing follows.
    pub const fn is_end(self) -> bool {
        let is_given_up = matches!(self, Self::NotOpened | Self::Transferred | Self::Stopped);
        is_given_up || matches!(self, Self::Closed | Self::Filed)
    }

    /// The phase of a case whose last state is this step.
    pub const fn phase(self) -> CasePhase {
        match self {
            Self::Clue | Self::OpeningAsked => CasePhase::Clue,
            Self::Opened | Self::InspectionNotice | Self::Record => CasePhase::Inspection,
            Self::Order
            | Self::Advice
            | Self::ExtensionAsked
            | Self::ExtensionGranted
            | Self::ExtensionRefused
            | Self::Met
            | Self::NotMet => CasePhase::Rectification,
            Self::IntendedPenalty
            | Self::HearingNotice
            | Self::HearingHeld
            | Self::ReviewPassed
            | Self::ReviewReturned => CasePhase::Penalty,
            Self::Decision | Self::NoPenalty | Self::Surcharge | Self::Paid | Self::Revoked => {
                CasePhase::Performance
            }
            Self::Filed => CasePhase::Filed,
            _ => CasePhase::Closed,
        }
    }

    /// The document that the step makes.
    pub const fn document(self) -> Option<CaseDocumentKind> {
        Some(match self {
            Self::OpeningAsked => CaseDocumentKind::OpeningForm,
            Self::InspectionNotice => CaseDocumentKind::InspectionNotice,
            Self::Record => CaseDocumentKind::Record,
            Self::Order => CaseDocumentKind::Order,
            Self::Advice => CaseDocumentKind::Advice,
            Self::ExtensionGranted | Self::ExtensionRefused => CaseDocumentKind::Extension,
            Self::Met | Self::NotMet => CaseDocumentKind::Reinspection,
            Self::IntendedPenalty => CaseDocumentKind::IntendedPenalty,
            Self::HearingNotice => CaseDocumentKind::HearingNotice,
            Self::ReviewPassed | Self::ReviewReturned => CaseDocumentKind::LegalReview,
            Self::Decision => CaseDocumentKind::Decision,
            Self::NoPenalty => CaseDocumentKind::NoPenalty,
            Self::Surcharge => CaseDocumentKind::Surcharge,
            Self::Revoked => CaseDocumentKind::Revocation,
            Self::Transferred => CaseDocumentKind::Transfer,
            Self::Served => CaseDocumentKind::ServiceReceipt,
            Self::Closed => CaseDocumentKind::ClosingReport,
            _ => return None,
        })
    }

    /// Whether the document of the step takes effect by being served.
    pub const fn is_served(self) -> bool {
        matches!(
            self,
            Self::InspectionNotice
                | Self::Order
                | Self::Advice
                | Self::IntendedPenalty
                | Self::HearingNotice
                | Self::Decision
                | Self::NoPenalty
                | Self::Surcharge
                | Self::Revoked
        )
    }
}

crate::wire_enum! {
    /// The columns of the board.
    pub enum CasePhase {
        /// A clue that is looked at, or a case that waits to be opened.
        Clue = 1, "clue", "线索与立案", "Clue and opening";
        /// On the way to the unit, or there.
        Inspection = 2, "inspection", "现场监察", "Inspection";
        /// The unit rectifies.
        Rectification = 3, "rectification", "整改与复查", "Rectification";
        /// Notice, defence, hearing, legal review.
        Penalty = 4, "penalty", "告知与审核", "Notice and review";
        /// Decided, and not yet closed.
        Performance = 5, "performance", "决定与履行", "Decision and payment";
        /// Closed, given up, transferred, not opened.
        Closed = 6, "closed", "已结案", "Closed";
        /// Filed.
        Filed = 7, "filed", "已归档", "Filed";
    }
}

crate::wire_enum! {
    /// Where a clue comes from.
    pub enum CaseOrigin {
        /// A visit of a programme, or the ranking of targets.
        Target = 1, "target", "监察对象", "Inspection target";
        /// A finding of data quality.
        Finding = 2, "finding", "质量问题", "Finding of data quality";
        /// Somebody reported it.
        Report = 3, "report", "举报", "Report";
        /// A letter of another authority.
        Letter = 4, "letter", "来函", "Letter";
    }
}

crate::wire_enum! {
    /// How a document was served.
    pub enum ServiceWay {
        /// Handed over.
        InPerson = 1, "in_person", "直接送达", "In person";
        /// Left at the place before witnesses.
        Left = 2, "left", "留置送达", "Left at the place";
        /// By post.
        Post = 3, "post", "邮寄送达", "By post";
        /// Electronically, with the signed consent of the unit.
        Electronic = 4, "electronic", "电子送达", "Electronically";
        /// By public notice.
        PublicNotice = 5, "public_notice", "公告送达", "By public notice";
    }
}

crate::wire_enum! {
    /// A document of a case. The number is that of its kind.
    pub enum CaseDocumentKind {
        /// The form by which a case is opened.
        OpeningForm = 1, "opening_form", "立案审批表", "Form of opening";
        /// The visit is announced.
        InspectionNotice = 2, "inspection_notice", "节能监察通知书", "Notice of inspection";
        /// What was found on site.
        Record = 3, "record", "现场监察笔录", "Record on site";
        /// The order to rectify.
        Order = 4, "order", "限期整改通知书", "Order to rectify";
        /// The advice on saving.
        Advice = 5, "advice", "节能监察建议书", "Advice on saving";
        /// More time, or none.
        Extension = 6, "extension", "整改延期审批表", "Decision on an extension";
        /// What the re-inspection found.
        Reinspection = 7, "reinspection", "复查意见书", "Result of the re-inspection";
        /// The penalty that is intended.
        IntendedPenalty = 8, "intended_penalty", "行政处罚事先告知书", "Notice of the intended penalty";
        /// Day and place of the hearing.
        HearingNotice = 9, "hearing_notice", "听证通知书", "Notice of a hearing";
        /// The opinion of the legal review.
        LegalReview = 10, "legal_review", "法制审核意见书", "Opinion of the legal review";
        /// The penalty.
        Decision = 11, "decision", "行政处罚决定书", "Decision on the penalty";
        /// No penalty.
        NoPenalty = 12, "no_penalty", "不予行政处罚决定书", "Decision without a penalty";
        /// The surcharge for late payment.
        Surcharge = 13, "surcharge", "加处罚款决定书", "Decision on the surcharge";
        /// The decision is revoked.
        Revocation = 14, "revocation", "撤销行政处罚决定书", "Revocation of a decision";
        /// The case goes to another authority.
        Transfer = 15, "transfer", "案件移送书", "Transfer of a case";
        /// How a document was served.
        ServiceReceipt = 16, "service_receipt", "送达回证", "Receipt of service";
        /// The case is closed.
        ClosingReport = 17, "closing_report", "结案报告", "Closing report";
    }
}

impl CaseDocumentKind {
    /// The letter in the number of a document of this kind: 津节监**改**〔2026〕18号.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::OpeningForm => "立",
            Self::InspectionNotice => "通",
            Self::Record => "录",
            Self::Order => "改",
            Self::Advice => "建",
            Self::Extension => "延",
            Self::Reinspection => "复",
            Self::IntendedPenalty => "告",
            Self::HearingNotice => "听",
            Self::LegalReview => "审",
            Self::Decision => "罚",
            Self::NoPenalty => "免",
            Self::Surcharge => "加",
            Self::Revocation => "撤",
            Self::Transfer => "移",
            Self::ServiceReceipt => "送",
            Self::ClosingReport => "结",
        }
    }
}

crate::wire_enum! {
    /// What a case freezes.
    pub enum EvidenceKind {
        /// The values of the items by month or day.
        Readings = 1, "readings", "读数", "Readings";
        /// The findings of data quality with their state.
        Quality = 2, "quality", "质量状态", "Quality of the data";
        /// The meters with their certificates.
        Meters = 3, "meters", "计量器具与证书", "Meters and certificates";
        /// The terminals and their approval.
        Terminal = 4, "terminal", "终端核准", "Approval of the terminal";
    }
}

crate::wire_enum! {
    /// The unit in which a deadline counts.
    pub enum DeadlineUnit {
        /// Working days: 2, 3, 5 and 7 days of the law on penalties.
        WorkingDay = 1, "working_day", "工作日", "working days";
        /// Calendar days.
        Day = 2, "day", "自然日", "calendar days";
        /// Months.
        Month = 3, "month", "月", "months";
    }
}

crate::wire_enum! {
    /// How the law lets an authority proceed against a violation.
    pub enum Procedure {
        /// First an order to rectify; a fine only where it was not carried out.
        OrderFirst = 1, "order_first", "先责令改正", "Order first, then a fine";
        /// An order to rectify; what follows is the government's to decide.
        OrderThenReport = 2, "order_then_report", "责令治理后报政府", "Order first, then a report to the government";
        /// A fine may follow at once.
        Direct = 3, "direct", "可直接处罚", "A fine may follow at once";
        /// The case belongs to another authority.
        Transfer = 4, "transfer", "移送有权机关", "Another authority decides";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_documents_share_a_letter_and_each_has_a_step() {
        for (at, kind) in CaseDocumentKind::ALL.iter().enumerate() {
            assert!(CaseDocumentKind::ALL[..at].iter().all(|it| it.letter() != kind.letter()));
            assert!(CaseStep::ALL.iter().any(|it| it.document() == Some(*kind)), "{kind}");
        }
    }

    #[test]
    fn what_is_served_is_a_document_and_the_unit_sees_it() {
        let served = CaseStep::ALL.iter().filter(|it| it.is_served());
        assert!(served.clone().all(|it| it.document().is_some() && it.tells_unit()));
    }
}
