//! What an enterprise submits by hand, and where the answer to a finding of data quality stands.

crate::wire_enum! {
    /// What was submitted.
    pub enum SubmissionKind {
        /// An answer: the values are wrong and were replaced.
        Corrected = 1, "corrected", "更正", "Corrected";
        /// An answer: the values are right, for a reason.
        Right = 2, "right", "说明无误", "Right as it is";
        /// An answer: the unit needs more time.
        MoreTime = 3, "more_time", "申请延期", "More time";
        /// Values typed by hand.
        Values = 4, "values", "手工填报", "Values by hand";
        /// A report of an outage.
        Outage = 5, "outage", "故障报告", "Outage report";
    }
}

impl SubmissionKind {
    /// Whether this answers a finding.
    pub fn is_answer(self) -> bool {
        matches!(self, Self::Corrected | Self::Right | Self::MoreTime)
    }
}

crate::wire_enum! {
    /// Where a submission stands.
    pub enum SubmissionState {
        /// A clerk made it, and a manager of the unit has still to confirm it.
        ToConfirm = 1, "to_confirm", "待本单位确认", "Waits for the manager";
        /// It waits for the decision of the authority.
        Submitted = 2, "submitted", "待审核", "Waits for a decision";
        /// It is in force, and nobody has to decide about it.
        Done = 3, "done", "已办结", "Done";
        /// The authority accepted it.
        Accepted = 4, "accepted", "已认可", "Accepted";
        /// The manager or the authority sent it back.
        SentBack = 5, "sent_back", "已退回", "Sent back";
        /// The unit withdrew it before anybody had decided.
        Withdrawn = 6, "withdrawn", "已撤回", "Withdrawn";
    }
}

impl SubmissionState {
    /// Whether the unit may withdraw a submission of this kind: nobody has decided about it. Nobody ever decides about an
    /// outage, so that it may be withdrawn at any time.
    pub fn can_be_withdrawn(self, kind: SubmissionKind) -> bool {
        match self {
            Self::ToConfirm | Self::Submitted => true,
            Self::Done => kind == SubmissionKind::Outage,
            Self::Accepted | Self::SentBack | Self::Withdrawn => false,
        }
    }
}

crate::wire_enum! {
    /// Where the answer to a finding stands.
    pub enum AnswerState {
        /// The unit has still to answer.
        Unanswered = 1, "unanswered", "待答复", "To be answered";
        /// A clerk answered, and a manager of the unit has still to confirm it.
        ToConfirm = 2, "to_confirm", "待本单位确认", "Waits for the manager";
        /// The authority has to decide.
        Submitted = 3, "submitted", "待审核", "Waits for a decision";
        /// The unit replaced the values; the finding is resolved once the rules find nothing in them.
        Corrected = 4, "corrected", "已更正", "Corrected";
        /// The authority accepted that the values are right.
        Accepted = 5, "accepted", "已认可", "Accepted";
        /// The manager or the authority sent the answer back.
        SentBack = 6, "sent_back", "已退回", "Sent back";
    }
}

crate::wire_enum! {
    /// A step in the thread of a finding.
    pub enum ThreadStep {
        /// A message alone.
        Message = 1, "message", "留言", "Message";
        /// The unit answered that the values were replaced.
        Corrected = 2, "corrected", "更正", "Corrected";
        /// The unit answered that the values are right.
        Right = 3, "right", "说明无误", "Right as it is";
        /// The unit asked for more time.
        MoreTime = 4, "more_time", "申请延期", "More time asked";
        /// A manager of the unit confirmed the answer of a clerk.
        Confirmed = 5, "confirmed", "本单位已确认", "Confirmed by the manager";
        /// The answer was accepted, and the finding set aside.
        Accepted = 6, "accepted", "认可", "Accepted";
        /// The answer was sent back.
        SentBack = 7, "sent_back", "退回", "Sent back";
        /// More time was granted.
        Extended = 8, "extended", "已延期", "More time granted";
        /// More time was refused.
        ExtensionRefused = 9, "extension_refused", "不予延期", "More time refused";
        /// The unit withdrew its answer.
        Withdrawn = 10, "withdrawn", "撤回", "Withdrawn";
        /// A file was added.
        File = 11, "file", "附件", "File";
    }
}

crate::wire_enum! {
    /// Who took a step in the thread of a finding.
    pub enum Side {
        /// The unit.
        Unit = 1, "unit", "本单位", "The unit";
        /// The authority.
        Authority = 2, "authority", "主管部门", "The authority";
        /// The platform, by a rule of its configuration.
        Rule = 3, "rule", "按规则", "By rule";
    }
}
