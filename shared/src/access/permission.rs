//! The permissions: each address of the server needs one.

crate::wire_enum! {
    /// What an address of the server allows.
    pub enum Permission {
        /// Names, lists, factors, rules and how far the assessment has come, which hold no data of a unit.
        Names = 1, "names", "名称与字典", "Names and dictionaries";
        /// Consumption, intensity, comparisons and targets of units, and their sums.
        Figures = 2, "figures", "能耗数据", "Figures";
        /// The page of one unit: its readings, meters and items.
        UnitData = 3, "unit_data", "单位明细", "Data of a unit";
        /// Marks and findings of data quality.
        Quality = 4, "quality", "数据质量", "Data quality";
        /// Uploads and rejected entries.
        Uploads = 5, "uploads", "上报记录", "Uploads";
        /// Terminals and their standing.
        Devices = 6, "devices", "终端", "Terminals";
        /// Late values that wait for approval.
        Replacements = 7, "replacements", "待批准的替换值", "Pending replacements";
        /// Accepts answers to findings or sends them back, and sets a finding aside with a reason.
        WaiveFindings = 8, "waive_findings", "审核质量问题答复", "Decide on answers to findings";
        /// Approves, revokes and binds terminals, and decides on claims and changes of units.
        DecideDevices = 9, "decide_devices", "核准终端", "Decide on terminals";
        /// Approves or refuses late values.
        DecideReplacements = 10, "decide_replacements", "批准替换值", "Decide on replacements";
        /// Imports files and keeps import profiles.
        Import = 11, "import", "导入", "Import files";
        /// The queue, the rejected entries by reason, the dictionaries in use, the metrics.
        Operation = 12, "operation", "运行状况", "Operation";
        /// Backup, check, compaction, Parquet.
        Maintenance = 13, "maintenance", "维护", "Maintenance";
        /// Tokens of industry systems.
        Tokens = 14, "tokens", "接口令牌", "Tokens";
        /// Accounts of people.
        Accounts = 15, "accounts", "账号管理", "Accounts";
        /// The audit trail.
        Audit = 16, "audit", "审计", "Audit";
        /// One's own account: password, second factor, sessions.
        OwnAccount = 17, "own_account", "本人账号", "Own account";
        /// Nothing is needed: signing in, and whether the server is alive.
        Open = 18, "open", "无需登录", "Open to all";
        /// The sender proves itself by a terminal's or an industry system's credentials, not by an account.
        Sender = 19, "sender", "终端与行业系统", "Terminals and industry systems";
        /// What enterprises submitted by hand with its receipts, and the threads of findings.
        Submissions = 20, "submissions", "填报与答复记录", "Submissions and threads";
        /// Answers findings, types values, reports outages.
        Submit = 21, "submit", "填报与答复", "Submit answers and values";
        /// Confirms what a clerk of the unit submitted, where a second person has to.
        ConfirmSubmissions = 22, "confirm_submissions", "确认本单位填报", "Confirm submissions";
        /// Who looked at the data of the own unit, and with whom they are shared.
        Looks = 23, "looks", "谁看过本单位数据", "Who looked at a unit";
        /// Lets a named account read the own unit's data for a time.
        Share = 24, "share", "分享本单位数据", "Share a unit's data";
        /// Inspection programmes: reads, makes and withdraws them.
        Programmes = 25, "programmes", "监察方案", "Inspection programmes";
        /// Inspection cases and the credit list; an enterprise reads its own, once it has learnt of them.
        Cases = 26, "cases", "监察案件", "Inspection cases";
        /// Takes down clues and takes the steps of an officer.
        HandleCases = 27, "handle_cases", "承办案件", "Handle cases";
        /// Opens cases, decides on extensions and penalties, approves entries of the credit list.
        ApproveCases = 28, "approve_cases", "审批案件", "Approve cases";
        /// Does the legal review, and reviews entries of the credit list.
        ReviewCases = 29, "review_cases", "法制审核", "Review cases";
        /// Answers for the unit in its cases: asks for more time, states its case, asks for a hearing, objects.
        AnswerCases = 30, "answer_cases", "陈述申辩", "Answer in cases";
    }
}
