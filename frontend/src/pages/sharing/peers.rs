//! What peers learn from the unit.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::sharing::ShareList;
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::i18n::{t, use_lang};

#[component]
pub(super) fn PeersPanel(data: Signal<Arc<ShareList>>) -> impl IntoView {
    let lang = use_lang();
    let least = Signal::derive(move || data.with(|it| it.min_peer_members));
    let members = move || match lang {
        Lang::Zh => format!(
            "同行看到的是每组的均值和成员数；每组多于 {0} 个单位，凑不足的并入别的组，整个行业不足时不显示。",
            least.get()
        ),
        Lang::En => format!(
            "Peers see the mean and the number of members of each group. A group has more than {0} units; smaller ones are merged, and an industry that is too small is not shown.",
            least.get()
        ),
    };
    view! {
        <Panel id="peers-learn" title=t(lang, "同行能知道什么", "What peers learn") subtitle=t(lang, "没有任何同行能看到本单位自己的数值。", "No peer sees a figure of this unit.")>
            <ul data-testid="peers-learn">
                <li>{t(lang, "本单位的点只在本单位自己的页面上出现，从不给同行看。", "The unit's own point stands on its own pages alone and is never shown to peers.")}</li>
                <li>{members}</li>
                <li>{t(lang, "均值只按 E24 分级给出（相邻级差约一成），最多四组，且对所有单位相同。", "A mean is given in steps of E24 (a tenth or so apart), in at most four groups, which are the same for every unit.")}</li>
                <li>{t(lang, "只有已过替换期的整年才参与；不能按时段、口径或地区筛选，因此两次查询不能相减。", "Only whole years take part whose values nobody can replace any more. Nothing can be filtered by span, basis or district, so that no two answers can be subtracted.")}</li>
            </ul>
        </Panel>
    }
}
