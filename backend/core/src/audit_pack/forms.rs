//! The tables that the unit fills itself: titles and heads alone.

use nengce_shared::api::audit_pack::PackSheet;

use super::sheet::{sheet, text};

type Form = (&'static str, (&'static str, &'static str), &'static [&'static str]);

/// Number, title, heads: as an audit report workbook of 2026 has them.
const FORMS: [Form; 11] = [
    (
        "3",
        ("已实施节能技改项目", "Retrofits that were carried out"),
        &[
            "项目名称",
            "类型",
            "主要内容",
            "投资(万元)",
            "年节能量(tce)",
            "回收期(年)",
            "完成时间",
            "实际节能量(tce)",
            "合同能源管理",
        ],
    ),
    (
        "6",
        ("能源管理制度", "Rules of energy management"),
        &["制度名称", "颁布部门", "颁布日期", "有效期", "主要内容"],
    ),
    (
        "7",
        ("重点用能设备能效对标", "Efficiency of key equipment"),
        &["设备类型", "台数", "启用年份", "淘汰台数", "年运行时间(h)", "铭牌参数", "能效等级"],
    ),
    (
        "8",
        ("主要用能设备汇总", "Main equipment"),
        &["设备名称", "型号", "容量", "数量", "安装场所", "能效级别", "年运行时间(h)"],
    ),
    (
        "9",
        ("重点设备测试", "Tests of key equipment"),
        &["设备名称", "测试指标", "单位", "合格值", "实测值", "测试日期", "判别"],
    ),
    (
        "10",
        ("淘汰设备目录", "Obsolete equipment"),
        &["设备名称", "型号", "数量", "启用时间", "计划完成淘汰时间"],
    ),
    (
        "13",
        ("产品能源成本", "Energy cost of products"),
        &["产品", "能源成本(万元)", "生产成本(万元)", "能源成本占比"],
    ),
    ("16", ("节能潜力明细", "Saving potential"), &["分类", "项目", "潜力(tce)", "计算说明"]),
    ("18", ("管理改进建议", "Proposals for management"), &["项目", "投资(万元)", "年节能量(tce)"]),
    (
        "19",
        ("技改建议", "Proposals for retrofits"),
        &["项目", "投资(万元)", "年节能量(tce)", "回收期(年)"],
    ),
    (
        "20",
        ("整改措施", "Corrective measures"),
        &["项目", "内容", "完成日期", "责任人", "费用(万元)", "节能量(tce)", "效益(万元)"],
    ),
];

/// An empty form.
pub(super) fn form(no: &str) -> PackSheet {
    let found = FORMS.iter().find(|it| it.0 == no);
    let (title, head) = found.map_or((("", ""), &[] as &[&str]), |it| (it.1, it.2));
    let mut it = sheet(no, title, head);
    it.notes.push(text(
        "平台没有本表的数据，由用能单位填写；无内容的请写“无”。",
        "The platform has no data for this table; the unit fills it in.",
    ));
    it
}
