//! The closed table of all problems: code, HTTP status, Chinese and English title. A code never changes its meaning; a
//! new kind of problem gets a new line.

use crate::wire::lang::Lang;

macro_rules! problem_codes {
    ($($(#[doc = $group:literal])* $variant:ident = $word:tt, $status:literal, $zh:literal, $en:literal;)+) => {
        /// A kind of problem, as a word that machines may rely on.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum ProblemCode {
            $($(#[doc = $group])* #[doc = $en] #[serde(rename = $word)] $variant,)+
        }

        impl ProblemCode {
            /// The whole table, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The HTTP status of an answer with this problem.
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)+ }
            }

            /// One line for people.
            pub const fn title(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$variant, Lang::Zh) => $zh, (Self::$variant, Lang::En) => $en,)+
                }
            }
        }
    };
}

problem_codes! {
    // One entry of a terminal message, or the unit and device it speaks for.
    EntryFieldMissing = "entry_field_missing", 422, "缺少必填字段", "A required field is missing";
    EntryFieldUnreadable = "entry_field_unreadable", 422, "字段无法读取", "A field cannot be read";
    EntryNotObject = "entry_not_object", 422, "数据项不是对象", "The entry is not an object";
    EntryCreditCodeInvalid = "entry_credit_code_invalid", 422, "统一社会信用代码有误", "The credit code is not valid";
    EntryDeviceUnknown = "entry_device_unknown", 422, "序列号未注册", "The device is not registered";
    EntryDeviceMismatch = "entry_device_mismatch", 422, "序列号与企业统一社会信用代码不符", "The device does not belong to this credit code";
    EntryRegionInvalid = "entry_region_invalid", 422, "行政区划代码有误", "The region code is not valid";
    EntryIndustryInvalid = "entry_industry_invalid", 422, "行业代码有误", "The industry code is not valid";
    EntryDataCodeMalformed = "entry_data_code_malformed", 422, "数据编码格式有误", "The data code is malformed";
    EntryDataCodeAmbiguous = "entry_data_code_ambiguous", 422, "数据编码存在歧义，无法确定", "The data code can be read in more than one way";
    EntryStatTypeInvalid = "entry_stat_type_invalid", 422, "采集频率（statType）有误", "statType is not one of 0–3";
    EntryStatDateMalformed = "entry_stat_date_malformed", 422, "数据时间（statDate）格式有误", "statDate cannot be read";
    EntryStatDateFuture = "entry_stat_date_future", 422, "数据时间（statDate）晚于当前时间", "statDate lies in the future";
    EntryStatDateTooOld = "entry_stat_date_too_old", 422, "数据时间（statDate）过早", "statDate is too far in the past";
    EntryStatDateRetired = "entry_stat_date_retired", 422, "数据时间（statDate）已超过保存期限", "statDate is past the retention";
    EntryStatDateNotPeriodStart = "entry_stat_date_not_period_start", 422, "数据时间（statDate）不是统计期起点", "statDate is not the start of its period";
    EntryUploadDateMalformed = "entry_upload_date_malformed", 422, "上传时间（uploadDate）格式有误", "uploadDate cannot be read";
    EntryValueNotNumber = "entry_value_not_number", 422, "数值不是数字", "The value is not a number";
    EntryValueNotFinite = "entry_value_not_finite", 422, "数值为 NaN 或无穷大", "The value is NaN or infinite";
    EntryValueAbsurd = "entry_value_absurd", 422, "数值超出合理范围", "The value is beyond any plausible range";
    EntryInputTypeInvalid = "entry_input_type_invalid", 422, "采集方式（inputType）有误", "inputType is not one of 1–7";
    EntryScopeInvalid = "entry_scope_invalid", 422, "采集范围（scope）有误", "scope is not one of 1–4";
    EntryScopeMismatch = "entry_scope_mismatch", 422, "采集范围（scope）与数据编码不符", "scope does not agree with the data code";
    EntryValidUnreadable = "entry_valid_unreadable", 422, "有效标志（valid）无法识别", "The valid flag cannot be read";
    EntryUnitForbidden = "entry_unit_forbidden", 422, "令牌无权代报该单位", "The token may not speak for this unit";
    EntryTooLong = "entry_too_long", 422, "数据行过长", "The row is too long";
    EntryDecryptionFailed = "entry_decryption_failed", 422, "解密失败", "A field cannot be decrypted";
    EntryConversionUnsupported = "entry_conversion_unsupported", 422, "折算比例（convertRation）不为 1", "convertRation is not 1";
    EntryTextTooLong = "entry_text_too_long", 422, "文字过长", "The text is too long";
    EntryTextUnseen = "entry_text_unseen", 422, "文字含有不可见字符", "The text holds characters that are not seen";
    EntryCoordinateInvalid = "entry_coordinate_invalid", 422, "经纬度有误", "The coordinate is not valid";
    EntryUnitMismatch = "entry_unit_mismatch", 422, "报文描述的不是本单位", "The message describes another unit";
    EntryStampsClash = "entry_stamps_clash", 422, "两个不同的时间指同一统计期", "Two different stamps of one message mean the same period";
    EntryDuplicate = "entry_duplicate", 422, "同一报文内重复且数值不同", "The same key stands twice in one message with different values";

    // The message as a whole.
    BodyNotJson = "body_not_json", 400, "报文不是合法的 JSON", "The body is not valid JSON";
    BodyDataMissing = "body_data_missing", 400, "报文缺少数据", "The body carries no data";
    BodyEncodingUnsupported = "body_encoding_unsupported", 415, "不支持的压缩或字符编码", "The content encoding is not supported";
    BodyEncodingBroken = "body_encoding_broken", 400, "压缩内容损坏", "The compressed body is damaged";
    BodyTooLarge = "body_too_large", 413, "报文超出字节上限", "The body is larger than the limit";
    TooManyEntries = "too_many_entries", 413, "报文条数超出上限", "The message holds more entries than the limit";
    IdempotencyKeyInvalid = "idempotency_key_invalid", 422, "Idempotency-Key 无效", "The idempotency key is not valid";
    IdempotencyKeyReused = "idempotency_key_reused", 409, "Idempotency-Key 已用于另一份内容", "The idempotency key was used for another body";
    UploadRunning = "upload_running", 409, "同一上报正在处理", "The same upload is under way";
    PendingFull = "pending_full", 429, "终端尚未批准，待批数据已达上限，批准后再发", "The device is not approved and no more of it is kept until it is";
    TooManyItems = "too_many_items", 422, "单位的数据项、仪表或配置条目超出上限", "The unit would have more data items, meters or configured items than the limit";
    TooManyReplaced = "too_many_replaced", 429, "当日改写的数值已达上限，次日再发", "No more values may be replaced today";
    RateLimited = "rate_limited", 429, "请求过于频繁", "Too many requests";
    MediaTypeUnsupported = "media_type_unsupported", 415, "不支持的内容类型", "The media type is not supported";

    HostInvalid = "host_invalid", 400, "缺少 Host 头，或其重复、有误", "The Host header is missing, doubled or not valid";
    HttpsOnly = "https_only", 400, "此端口只接受 HTTPS", "This port speaks HTTPS only";

    // A question to the API.
    ParameterInvalid = "parameter_invalid", 400, "参数有误", "A parameter is not valid";
    ParameterMissing = "parameter_missing", 400, "缺少参数", "A parameter is missing";
    ParameterUnknown = "parameter_unknown", 400, "未知参数", "There is no such parameter";
    CursorInvalid = "cursor_invalid", 400, "分页游标无效", "The page cursor is not valid";
    Unauthorised = "unauthorised", 401, "需要身份凭据", "Credentials are needed";
    SignInRefused = "sign_in_refused", 401, "账号或口令不对", "The name or the password is not right";
    SignInLocked = "sign_in_locked", 429, "登录失败次数过多，暂时锁定", "Too many wrong passwords; locked for a while";
    SecondFactorNeeded = "second_factor_needed", 401, "需要动态码", "The code of the second factor is needed";
    SecondFactorWrong = "second_factor_wrong", 401, "动态码不对或已用过", "The code is not right or was used";
    SecondFactorOwed = "second_factor_owed", 403, "须先启用动态码", "A second factor has to be set up first";
    ProviderUnavailable = "provider_unavailable", 503, "统一认证暂不可用", "The sign-in provider cannot be reached";
    ProviderRefused = "provider_refused", 401, "统一认证未通过", "The sign-in at the provider was not accepted";
    ProviderSignInExpired = "provider_sign_in_expired", 401, "本次统一认证已失效", "This sign-in at the provider is over";
    ProviderRolesMissing = "provider_roles_missing", 403, "统一认证账号没有可用的角色", "The provider names no role that this platform knows";
    ProviderFactorMissing = "provider_second_factor_missing", 403, "统一认证时未用第二因素", "The provider did not ask for a second factor";
    CsrfRefused = "csrf_refused", 403, "请求不是本站页面发出的", "The request does not come from a page of this server";
    PasswordWeak = "password_weak", 422, "口令不符合要求", "The password is not accepted";
    InvitationInvalid = "invitation_invalid", 404, "邀请链接无效或已过期", "The invitation is not valid or has expired";
    Forbidden = "forbidden", 403, "没有权限", "Not permitted";
    TokenExpired = "token_expired", 403, "令牌已过期", "The token has expired";
    AccessKeyInvalid = "access_key_invalid", 401, "AK验证失败，请确认AK的完整性和有效性", "The access key is not valid or has expired";
    CredentialWrong = "credential_wrong", 403, "密码或密钥不正确", "The password or the key is not right";
    CertificateMismatch = "certificate_mismatch", 403, "客户端证书不属于该企业", "The client certificate does not belong to this enterprise";
    FolderNotAllowed = "folder_not_allowed", 403, "不允许写入该文件夹", "The folder is not one that may be written to";
    FolderUnusable = "folder_unusable", 422, "文件夹无法写入", "The folder cannot be written to";
    TerminalInPlace = "terminal_in_place", 403, "该企业已有终端，更换请联系节能中心", "The enterprise has a terminal already; ask the energy centre to replace it";
    ClaimantUnproved = "claimant_unproved", 409, "该来源的地址不能证明身份，请改发一次性登记码", "The claimant's address proves nothing: make a one-time code and give it to the plant";
    NotFound = "not_found", 404, "没有这个资源", "There is no such resource";
    MethodNotAllowed = "method_not_allowed", 405, "不支持的请求方法", "The method is not allowed here";
    NotAcceptable = "not_acceptable", 406, "无法提供所要的格式", "None of the accepted formats can be given";
    Conflict = "conflict", 409, "与现状冲突", "It conflicts with the present state";
    SubmissionDecided = "submission_decided", 409, "已有处理结果，不能撤回", "It was decided about and cannot be withdrawn";
    CaseStepRefused = "case_step_refused", 409, "案件现在不能走这一步", "The case may not take this step now";
    TemplateInvalid = "template_invalid", 422, "文书模板有误", "The template of the document cannot be used";
    ChangedSince = "changed_since", 409, "此后已有改动，不能再撤销", "It was changed since and cannot be undone any more";
    Internal = "internal", 500, "服务器内部错误", "Something failed inside the server";
    Overloaded = "overloaded", 503, "服务繁忙，请稍后重试", "The server is overloaded";
    StorageFull = "storage_full", 507, "服务器磁盘空间不足，请稍后重发", "The server's disk is full; send it again later";
    StoreUnavailable = "store_unavailable", 503, "数据库暂不可用", "The store is unavailable";
    BodyTooSlow = "body_too_slow", 408, "报文传输过慢", "The body came too slowly";
    TimedOut = "timed_out", 504, "处理超时", "It took too long";

    // A row of an imported file.
    ImportFileUnreadable = "import_file_unreadable", 400, "文件无法读取", "The file cannot be read";
    ImportColumnMissing = "import_column_missing", 422, "缺少列", "A column is missing";
    ImportColumnDuplicate = "import_column_duplicate", 422, "列名重复", "A column name stands twice";
    ImportRowLength = "import_row_length", 422, "列数与表头不符", "The row has another number of fields than the header";
    ImportDateUnreadable = "import_date_unreadable", 422, "日期无法读取", "The date cannot be read";
    ImportValueUnreadable = "import_value_unreadable", 422, "数值无法读取", "The value cannot be read";
    ImportCodeUnknown = "import_code_unknown", 422, "代码不在字典中", "The code is not in the dictionary";
    ImportUnitUnknown = "import_unit_unknown", 422, "没有这家单位", "There is no such unit";
    ImportStampDuplicate = "import_stamp_duplicate", 422, "时间戳重复", "The time stamp stands twice";
    ImportTooLarge = "import_too_large", 413, "文件超出导入上限", "The file is beyond a limit of imports";
    ImportValueMissing = "import_value_missing", 422, "单元格没有数值", "The cell holds no value";
    ImportMeasureUnknown = "import_measure_unknown", 422, "计量单位无法换算", "The unit of measure cannot be converted";
    ImportStampOffGrid = "import_stamp_off_grid", 422, "时间戳不在采集间隔上", "The time stamp is not on the interval's grid";
}

impl ProblemCode {
    /// The code with this wire word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.as_str() == word)
    }
}

impl std::fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_words_are_unique_and_are_what_serde_writes() {
        for (at, code) in ProblemCode::ALL.iter().enumerate() {
            let json = serde_json::to_string(code).unwrap();
            assert_eq!(json, format!("\"{code}\""));
            assert_eq!(ProblemCode::parse(code.as_str()), Some(*code));
            assert!(ProblemCode::ALL[..at].iter().all(|it| it.as_str() != code.as_str()));
        }
    }

    #[test]
    fn every_status_is_an_error_and_row_defects_are_unprocessable() {
        for code in ProblemCode::ALL {
            assert!((400..600).contains(&code.status()), "{code}");
            if code.as_str().starts_with("entry_") {
                assert_eq!(code.status(), 422, "{code}");
            }
        }
    }
}
