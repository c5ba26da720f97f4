//! The sub-units of a unit: processes, workshops and equipment as a tree with their meters, the balance of each level, and
//! the week of one of them by hour and by shift.

mod profile;
mod shift_form;
mod shifts;
mod tree;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::balance::{BalanceEnergy, BalancePlace, BalanceView};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::components::filter_bar::SpanMenu;
use crate::components::page_head::PageHead;
use crate::components::sign_in::PermissionNeeded;
use crate::components::states::Loaded;
use crate::data::session::use_session;
use crate::format::unit_words;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::pages::unit::UnitCode;
use crate::url_state::{push_pair, use_url_state};

/// The key of the address that names the energy type.
const ENERGY: &str = "of";
/// The key of the address that names the place whose week is shown.
const PLACE: &str = "place";

#[component]
pub fn BalancePage() -> impl IntoView {
    let (lang, url, session, params) =
        (use_lang(), use_url_state(), use_session(), use_params_map());
    let code = UnitCode(Memo::new(move |_| params.with(|it| it.get("code")).unwrap_or_default()));
    provide_context(code);
    let sees = move || session.may(Permission::UnitData);
    let load = use_load::<BalanceView>(move || {
        let mut query = String::new();
        for key in ["from", "to"] {
            push_pair(&mut query, key, url.get(key).as_deref());
        }
        sees().then(|| code.path(&format!("/balance?{query}")))
    });
    let chosen = Memo::new(move |_| {
        let wanted = url.get(ENERGY);
        load.data.with(|it| chosen(it.as_ref()?, wanted.as_deref()).map(|it| Arc::new(it.clone())))
    });
    let answer = move || {
        let view = load.data.get()?;
        Some(sentence(&view, chosen.get().as_deref(), lang))
    };
    let covered = load.map(|it| (it.from.clone(), it.to.clone()));
    view! {
        <PageHead title=t(lang, "用能结构与平衡", "Sub-units and balance") answer>
            <a class="control" href=move || url.href(&format!("/units/{}", code.0.get()))>{t(lang, "返回单位", "Back to the unit")}</a>
        </PageHead>
        <Show when=sees fallback=move || view! { <PermissionNeeded permission=Permission::UnitData /> }>
            <section class="panel filter-bar" aria-label=t(lang, "时段与能源", "Span and energy")>
                <div class="chips">
                    <SpanMenu covered usual=t(lang, "近一年", "The last year") />
                    {move || load.data.get().map(|view| view! { <EnergySwitch view chosen /> })}
                </div>
            </section>
            <Loaded load height=320 let:_data>
                {move || chosen.get().map(|energy| {
                    let energy = Signal::derive(move || energy.clone());
                    view! { <tree::TreePanel energy /><profile::ProfilePanel energy /> }
                })}
            </Loaded>
        </Show>
    }
}

/// The energy type that the address names, else the one with the most places.
fn chosen<'a>(view: &'a BalanceView, wanted: Option<&str>) -> Option<&'a BalanceEnergy> {
    let named = view.energies.iter().find(|it| Some(it.energy.code.as_str()) == wanted);
    named.or_else(|| view.energies.first())
}

/// One button for each energy type that sub-units measure.
#[component]
fn EnergySwitch(view: Arc<BalanceView>, chosen: Memo<Option<Arc<BalanceEnergy>>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let button = |it: &BalanceEnergy| {
        let code = it.energy.code.clone();
        let (of, to) = (code.clone(), code.clone());
        let pressed = move || {
            chosen.with(|it| it.as_ref().is_some_and(|it| it.energy.code == of)).to_string()
        };
        view! {
            <button type="button" data-value=code aria-pressed=pressed on:click=move |_| url.set(&[(ENERGY, Some(to.clone())), (PLACE, None)])>
                {lang.pick(&it.energy.zh, &it.energy.en).to_owned()}
            </button>
        }
    };
    let label = t(lang, "能源品种", "Energy type");
    (view.energies.len() > 1).then(|| view! { <div class="segment" role="group" aria-label=label>{view.energies.iter().map(button).collect_view()}</div> })
}

/// The name of a place; its code where nothing names it.
fn name_of(it: &BalancePlace) -> String {
    if it.name.is_empty() { it.place.clone() } else { it.name.clone() }
}

/// Days or months, as words.
fn periods(count: u32, grain: &str, lang: Lang) -> String {
    match (grain, lang) {
        ("day", Lang::Zh) => format!("{count} 天"),
        ("day", Lang::En) => format!("{count} days"),
        (_, Lang::Zh) => format!("{count} 个月"),
        (_, Lang::En) => format!("{count} months"),
    }
}

/// 「电力：全厂供入 1,234.5，下级用 1,180.2，差额 54.3（4.4%），按 30 天中的 28 天。」
fn sentence(view: &BalanceView, energy: Option<&BalanceEnergy>, lang: Lang) -> AnyView {
    let Some((energy, plant)) = energy.and_then(|it| Some((it, it.places.first()?))) else {
        return view! { <span data-testid="no-sub-units">{t(lang, "没有采集项带工序、工序单元或设备的编码，所以没有下级可看。在终端的采集配置中给下级计量器具编码后，这里就有结构与平衡。", "No data item has the code of a process, a process unit or equipment, so there are no sub-units to show. Once the terminal's configuration gives sub-meters their codes, the tree and its balance stand here.")}</span> }.into_any();
    };
    let name = lang.pick(&energy.energy.zh, &energy.energy.en);
    let unit = unit_words(&energy.unit, lang);
    let span = format!("{} – {}", view.from, view.to);
    let all = periods(energy.periods, &energy.grain, lang);
    let Some(difference) = plant.difference else {
        return match lang {
            Lang::Zh => view! { {name.to_owned()}"："{span}" 的 "{all}" 里，没有一期全厂与各下级都有完整数据，平衡算不出。" }.into_any(),
            Lang::En => view! { {name.to_owned()}": in none of the "{all}" of "{span}" have the plant and all its parts complete values, so no balance can be made." }.into_any(),
        };
    };
    let figure = |it: Option<f64>| number::grouped_or_missing(it, 1);
    let (supplied, used) = (figure(plant.supplied), figure(plant.used));
    let share = number::percent(tree::share(plant));
    let difference = number::grouped(difference, 1);
    let counted = periods(plant.balanced_periods, &energy.grain, lang);
    match lang {
        Lang::Zh => view! { {name.to_owned()}"：全厂供入 "{supplied}"，下级用 "{used}"，差额 "<b data-testid="difference">{difference}</b>" "{unit}"（"{share}"）；按 "{span}" 的 "{all}" 中都有数据的 "{counted}"。" }.into_any(),
        Lang::En => view! { {name.to_owned()}": "{supplied}" supplied, "{used}" used by the parts, a difference of "<b data-testid="difference">{difference}</b>" "{unit}" ("{share}"), over the "{counted}" of "{all}" ("{span}") in which all have values." }.into_any(),
    }
}
