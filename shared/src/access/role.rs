//! The roles of accounts.

crate::wire_enum! {
    /// What a person does on the platform. An account may have several roles, but an administrator's role stands alone.
    pub enum Role {
        /// Runs the machine: backup, check, configuration. Sees no figures.
        SystemAdministrator = 1, "system_administrator", "系统管理员", "System administrator";
        /// Gives and takes accounts, roles and tokens. Sees no figures.
        SecurityAdministrator = 2, "security_administrator", "安全管理员", "Security administrator";
        /// Reads the audit trail and nothing else.
        Auditor = 3, "auditor", "审计员", "Auditor";
        /// Runs the platform's daily work: terminals, imports, late values, findings.
        CentreOperator = 4, "centre_operator", "能源中心操作员", "Energy centre operator";
        /// Looks after the units that are assigned to them, across districts.
        CaseOfficer = 5, "case_officer", "市级中心对口人", "Case officer of the centre";
        /// Reads the whole city.
        Policymaker = 6, "policymaker", "市级政策人员", "Municipal policymaker";
        /// Watches meters and their calibration in the whole city.
        MeteringAuthority = 7, "metering_authority", "计量主管", "Metering authority";
        /// Watches the units of its districts.
        DistrictOffice = 8, "district_office", "区主管部门", "District office";
        /// Chooses whom to visit, in the whole city.
        Inspector = 9, "inspector", "节能监察人员", "Inspector";
        /// Answers for its units, and sees their terminals.
        EnterpriseManager = 10, "enterprise_manager", "用能单位负责人", "Enterprise manager";
        /// Works with the data of its units.
        EnterpriseClerk = 11, "enterprise_clerk", "用能单位填报人", "Enterprise clerk";
        /// Reads what units share with it, for as long as they do, and nothing else.
        ServiceCompany = 12, "service_company", "节能服务机构", "Energy service company";
        /// Reviews cases by law, and handles none.
        LegalReviewer = 13, "legal_reviewer", "法制审核人员", "Legal reviewer";
        /// Opens cases and decides on penalties in the place of the authority's head.
        EnforcementHead = 14, "enforcement_head", "执法负责人", "Head of enforcement";
    }
}

impl Role {
    /// Whether this is one of the three administrators, who are never one person (GB/T 22239, recalled).
    pub fn is_administrator(self) -> bool {
        matches!(self, Self::SystemAdministrator | Self::SecurityAdministrator | Self::Auditor)
    }

    /// Whether an enterprise's own people have it.
    pub fn is_of_enterprise(self) -> bool {
        matches!(self, Self::EnterpriseManager | Self::EnterpriseClerk)
    }

    /// Whether one account may have these roles: at least one, and an administrator's role only alone.
    pub fn may_be_together(roles: &[Self]) -> bool {
        match roles {
            [] => false,
            [_] => true,
            several => !several.iter().any(|it| it.is_administrator()),
        }
    }
}
