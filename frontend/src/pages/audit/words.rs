//! The audit log's codes in words.

use nengce_shared::api::audit::AuditEvent;
use nengce_shared::lang::Lang;

use crate::i18n::t;

/// Codes of actions in both languages; the architecture test holds them equal to those that the server records.
const ACTION_WORDS: &[(&str, &str, &str)] = &[
    ("access", "访问", "Access"),
    ("sign_in", "登录", "Sign-in"),
    ("export", "下载文件", "File of a list"),
    ("configuration.change", "更改配置", "Configuration changed"),
    ("account.change", "修改账号", "Account changed"),
    ("account.create", "新建账号", "Account created"),
    ("account.import", "导入账号", "Accounts imported"),
    ("account.invite", "再次邀请", "Invited again"),
    ("account.password", "更换口令", "Password changed"),
    ("account.reset_second_factor", "重置动态码", "Second factor reset"),
    ("account.resume", "恢复账号", "Account resumed"),
    ("account.second_factor", "更改动态码", "Second factor changed"),
    ("account.suspend", "停用账号", "Account suspended"),
    ("audit.look", "查看审计日志", "Looked at the audit log"),
    ("bulk.upload", "批量上传", "Bulk upload"),
    ("claim.confirm", "确认认领", "Claim confirmed"),
    ("claim.refuse", "拒绝认领", "Claim refused"),
    ("device.approve", "核准终端", "Terminal approved"),
    ("device.code", "签发一次性码", "One-time code made"),
    ("device.look", "查看终端证据", "Looked at a terminal's evidence"),
    ("device.old_secret_end", "旧凭据失效", "Old secret of a terminal ended"),
    ("device.release", "解除绑定", "Terminal released"),
    ("device.replace", "更换终端", "Terminal replaced"),
    ("device.revoke", "停用终端", "Terminal revoked"),
    ("device.rotate", "轮换终端凭据", "Terminal's secret rotated"),
    ("finding.answer", "答复质量问题", "Finding answered"),
    ("finding.decide", "审核质量问题答复", "Answer to a finding decided"),
    ("finding.look", "查看质量问题", "Looked at a finding"),
    ("finding.message", "质量问题留言", "Message about a finding"),
    ("finding.waive", "忽略质量问题", "Finding waived"),
    ("import.file", "导入文件", "File imported"),
    ("import.job", "导入作业", "Import job"),
    ("import_profile.delete", "删除导入方案", "Import profile deleted"),
    ("import_profile.save", "保存导入方案", "Import profile saved"),
    ("invitation.accept", "接受邀请", "Invitation accepted"),
    ("maintenance.backup", "备份", "Backup"),
    ("maintenance.compact", "整理", "Compaction"),
    ("maintenance.parquet", "导出 Parquet", "Parquet written"),
    ("maintenance.verify", "检查", "Check"),
    ("outage.report", "报告故障", "Outage reported"),
    ("plan.import", "导入计划", "Plans imported"),
    ("plan.save", "保存计划", "Plan saved"),
    ("print", "打印页面", "Page printed"),
    ("publication.publish", "公开数据", "Published"),
    ("publication.withdraw", "收回公开", "Publication withdrawn"),
    ("replacement.approve", "批准替换值", "Replacement approved"),
    ("replacement.refuse", "拒绝替换值", "Replacement refused"),
    ("replacement_decision.undo", "撤销决定", "Decision undone"),
    ("savings_project.create", "建立节能项目", "Savings project made"),
    ("savings_project.redo", "复算节能项目", "Savings project redone"),
    ("savings_project.sign", "签署节能项目", "Savings project signed"),
    ("savings_project.withdraw", "撤回节能项目", "Savings project withdrawn"),
    ("session.end", "退出登录", "Signed out"),
    ("session.start", "登录", "Signed in"),
    ("share.create", "分享单位数据", "Unit's data shared"),
    ("share.withdraw", "收回分享", "Share withdrawn"),
    ("slice.look", "查询切片", "Looked at a slice"),
    ("snapshot.look", "读取全市数据", "Read the snapshot"),
    ("submission.confirm", "确认本单位填报", "Submission confirmed"),
    ("submission.withdraw", "撤回填报", "Submission withdrawn"),
    ("submission.look", "查看回执", "Looked at a receipt"),
    ("submission.withdraw", "撤回填报", "Submission withdrawn"),
    ("tariff.import", "导入价格", "Tariffs imported"),
    ("file.add", "添加证据文件", "Evidence file added"),
    ("file.look", "查看证据文件", "Evidence file read"),
    ("programme.make", "编制监察方案", "Inspection programme made"),
    ("programme.look", "查看监察方案", "Inspection programme read"),
    ("programme.withdraw", "撤回监察方案", "Inspection programme withdrawn"),
    ("case.open", "登记线索", "Clue taken down"),
    ("case.look", "查看案件", "Case read"),
    ("case.step", "办理案件", "Step of a case"),
    ("case.approve", "审批案件", "Case approved or decided"),
    ("case.review", "法制审核", "Legal review"),
    ("case.answer", "单位陈述申辩", "Unit's answer in a case"),
    ("case.file", "案件附件", "File added to a case"),
    ("document_template.put", "替换文书模板", "Template of a document replaced"),
    ("credit.propose", "提出失信认定", "Credit entry proposed"),
    ("credit.step", "办理失信认定", "Step of a credit entry"),
    ("credit.approve", "审批失信认定", "Credit entry approved"),
    ("credit.review", "审核失信认定", "Credit entry reviewed"),
    ("credit.object", "单位提出异议", "Unit's objection"),
    ("credit.push", "推送信用平台", "Pushed to the credit platform"),
    ("link.dictionaries", "决定上级字典", "Decided on dictionaries from above"),
    ("link.pause", "暂停上联", "Paused the link upward"),
    ("link.resume", "恢复上联", "Resumed the link upward"),
    ("link.retry", "重新上送", "Sent upward again"),
    ("shifts.save", "保存班次", "Shifts saved"),
    ("tariff.save", "保存价格", "Tariffs saved"),
    ("tariff.withdraw", "撤回价格", "Tariff withdrawn"),
    ("token.create", "新建令牌", "Token created"),
    ("token.revoke", "停用令牌", "Token revoked"),
    ("unit.look", "查看单位数据", "Looked at a unit"),
    ("unit_change.approve", "批准单位变更", "Change of a unit approved"),
    ("unit_change.refuse", "拒绝单位变更", "Change of a unit refused"),
    ("upload.look", "查看拒收记录", "Looked at rejected entries"),
    ("values.submit", "手工填报", "Values typed by hand"),
];

pub(super) fn action(code: &str, lang: Lang) -> String {
    let known = ACTION_WORDS.iter().find(|it| it.0 == code);
    known.map_or(code, |it| t(lang, it.1, it.2)).to_owned()
}

pub(super) fn outcome(word: &str, lang: Lang) -> &'static str {
    match word {
        "done" => t(lang, "完成", "done"),
        "refused" => t(lang, "被拒", "refused"),
        _ => t(lang, "失败", "failed"),
    }
}

/// Who acted: the name, or the kind of whoever has none. What the server does by itself has no person's name.
pub(super) fn actor(event: &AuditEvent, lang: Lang) -> String {
    match event.actor_kind.as_str() {
        "system" => t(lang, "系统", "the server").to_owned(),
        _ if event.actor.is_empty() => t(lang, "未登录者", "not signed in").to_owned(),
        _ => event.actor.clone(),
    }
}
