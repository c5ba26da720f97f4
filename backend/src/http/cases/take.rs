//! Takes a step: checks it against the rules, freezes evidence, makes its document, and keeps all of it in one commit.

use jiff::civil::Date;
use nengce_core::cases::progress::Progress;
use nengce_core::cases::{Step, details, document, flow};
use nengce_shared::api::case::{CaseStepDetails, CaseStepRequest};
use nengce_shared::api::case_papers::{CaseDocumentRow, DocumentBlock};
use nengce_shared::case::{CaseActor, CaseDocumentKind, CaseStep};
use serde_json::{Value, json};

use super::detail::may_undo;
use super::papers::values::values;
use super::{Loaded, evidence, one_fine, past_day, refused, text};
use crate::http::access::reader::Reader;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::http::submissions::line;
use crate::store::audit::scope::ChangeNote;
use crate::store::cases::papers::{NewDocument, NewEvidence, sm3};
use crate::store::cases::{self, CaseChange, NewStep, papers};
use crate::store::error::StoreError;

/// A step that may be taken, with all that comes of it.
pub(super) struct Planned {
    pub step: Step,
    actor: CaseActor,
    evidence: Vec<NewEvidence>,
    template: Option<(u32, String)>,
    values: Value,
    prefix: String,
    documents: u32,
}

impl Planned {
    /// The document of the step with this number within its kind and year.
    pub(super) fn document(&self, sequence: u32) -> Result<NewDocument, StoreError> {
        let kind = self.step.step.document().unwrap_or(CaseDocumentKind::ClosingReport);
        let year = self.step.on.year();
        let number = format!("{}{}〔{year}〕{sequence}号", self.prefix, kind.letter());
        let mut values = self.values.clone();
        values["number"] = json!(number);
        let (template_version, template) = self.template.clone().unwrap_or_default();
        let made = document::render(&template, &values);
        let blocks: Vec<DocumentBlock> = made.map_err(|it| {
            StoreError::Refused(format!("template {kind}, line {}: {}", it.line, it.reason))
        })?;
        let row = CaseDocumentRow {
            document: self.documents + 1,
            step: self.step.number,
            kind,
            number,
            on: self.step.on.to_string(),
            is_served: self.step.step.is_served(),
            served_on: None,
            sm3: sm3(&blocks)?,
        };
        Ok(NewDocument { row, year, sequence, template_version, blocks })
    }
}

/// Checks a step that somebody asks for.
pub(super) async fn plan(
    state: &AppState,
    reader: &Reader,
    case: &Loaded,
    actor: CaseActor,
    request: CaseStepRequest,
) -> ApiResult<Planned> {
    let most = state.config.max_case_steps;
    if case.steps.len() >= most as usize {
        let (zh, en) = (
            format!("max_case_steps = {most}：本案步骤已满"),
            "the case has as many steps as may be",
        );
        return Err(refused(&zh, en));
    }
    // Not before the step before it.
    let before = case.progress().last_act().map(|it| it.on);
    let today = state.clock.today();
    let on = past_day("on", request.on.as_deref(), (before, today))?.unwrap_or(today);
    let step = Step {
        number: case.steps.len() as u32 + 1,
        step: request.step,
        by: reader.name.to_string(),
        on,
        text: text("text", &request.text)?,
        details: checked(request.details)?,
    };
    let progress = case.progress();
    let step = match request.step {
        CaseStep::Message if step.text.is_empty() => {
            return Err(ApiError::parameter("text", "留言不能为空 / a message says something"));
        }
        CaseStep::Message => Step { details: CaseStepDetails::none(), ..step },
        CaseStep::Undone => undoing(step, &progress, actor)?,
        _ => allowed(step, case, &progress, actor)?,
    };
    if matches!(step.step, CaseStep::IntendedPenalty | CaseStep::Decision) {
        one_fine::check(state, case).await?;
    }
    let evidence = match step.step {
        CaseStep::Evidence => evidence::freeze(state, case, &step).await?,
        _ => Vec::new(),
    };
    let id = case.head.case_id;
    let ask = move |conn: &_| {
        Ok((papers::evidence(conn, id)?, papers::documents(conn, id)?, papers::templates(conn)?))
    };
    let (frozen, documents, templates) = state.store.read(ask).await?;
    let template = step.step.document().map(|kind| {
        let replaced = templates.into_iter().find(|it| it.kind == kind && !it.content.is_empty());
        replaced.map_or((0, document::built_in(kind).to_owned()), |it| (it.version, it.content))
    });
    let values = values(state, case, &step, &frozen, &documents);
    Ok(Planned {
        step,
        actor,
        evidence,
        template,
        values,
        prefix: state.config.document_number_prefix.clone(),
        documents: documents.len() as u32,
    })
}

/// A step that is a file of the thread.
pub(super) fn of_file(case: &Loaded, (by, actor): (&str, CaseActor), on: Date) -> NewStep {
    let number = case.steps.len() as u32 + 1;
    let details = CaseStepDetails::none();
    let (by, text) = (by.to_owned(), String::new());
    let step = Step { number, step: CaseStep::File, by, on, text, details };
    NewStep { step, actor, file_id: None }
}

/// The texts of a step in one line each; what the server works out is not taken from outside.
fn checked(mut it: CaseStepDetails) -> ApiResult<CaseStepDetails> {
    if it.officers.len() > 20 || it.circumstances.len() > 20 {
        return Err(ApiError::parameter("details", "≤ 20"));
    }
    for of in &mut it.officers {
        for text in [&mut of.name, &mut of.certificate, &mut of.authority] {
            *text = line("officers", text, true)?;
        }
    }
    for of in &mut it.circumstances {
        of.text = line("circumstances", &of.text, false)?;
        of.basis = line("circumstances", &of.basis, false)?;
    }
    it.receiver = line("receiver", &it.receiver, true)?;
    it.officer = line("officer", &it.officer, true)?;
    (it.amount_yuan, it.undoes) = (None, None);
    Ok(it)
}

fn undoing(step: Step, progress: &Progress<'_>, actor: CaseActor) -> ApiResult<Step> {
    let last = progress.last_act().filter(|it| may_undo(it.step, &[actor]));
    let Some(last) = last else {
        return Err(refused(
            "没有可撤销的步骤：只能撤销本方的最后一步",
            "nothing to undo: only the last step, by the side that took it",
        ));
    };
    if step.text.is_empty() {
        return Err(ApiError::parameter("text", "应写明撤销原因 / say why it is undone"));
    }
    let details = CaseStepDetails { undoes: Some(last.number), ..CaseStepDetails::none() };
    Ok(Step { details, ..step })
}

fn allowed(
    step: Step,
    case: &Loaded,
    progress: &Progress<'_>,
    actor: CaseActor,
) -> ApiResult<Step> {
    let possible = flow::possible(progress, &case.subject(), &case.terms(), step.on);
    let Some(found) = possible.into_iter().find(|it| it.step == step.step && it.actor == actor)
    else {
        let state = progress.state();
        let (zh, en) = (state.label(nengce_shared::lang::Lang::Zh), state.as_str());
        let (step_zh, step_en) =
            (step.step.label(nengce_shared::lang::Lang::Zh), step.step.as_str());
        return Err(refused(
            &format!("「{zh}」之后不能走「{step_zh}」"),
            &format!("{step_en} may not follow {en}, or another side takes it"),
        ));
    };
    if let Some(block) = found.block {
        return Err(refused(&block.zh, &block.en));
    }
    details::separate(step.step, &step.by, progress).map_err(|it| refused(&it.zh, &it.en))?;
    details::complete(step, progress, &case.subject(), &case.terms())
        .map_err(|it| ApiError::parameter(it.field, format!("{} / {}", it.block.zh, it.block.en)))
}

/// Keeps a step with its evidence and its document.
pub(super) async fn keep(state: &AppState, case: &Loaded, plan: Planned) -> ApiResult<()> {
    let change = change(case, &plan.step);
    let before = case.progress().state();
    let (id, now) = (case.head.case_id, state.clock.now());
    let write = move |write: &mut crate::store::change::Transaction<'_>| {
        let step = NewStep { step: plan.step.clone(), actor: plan.actor, file_id: None };
        cases::add_step(write.conn, id, &step, now)?;
        cases::update(write.conn, id, &change)?;
        for it in &plan.evidence {
            papers::freeze(write.conn, id, it)?;
        }
        let mut number = None;
        if let Some(kind) = plan.step.step.document() {
            let sequence = papers::next_sequence(write.conn, kind, plan.step.on.year())?;
            let issued = plan.document(sequence)?;
            papers::issue(write.conn, id, &issued)?;
            number = Some(issued.row.number);
        }
        let of = &plan.step;
        write.note_change(ChangeNote {
            object: id.to_string(),
            before: Some(json!({"state": before})),
            after: Some(
                json!({"step": of.number, "what": of.step, "on": of.on, "state": change.state,
                "details": of.details, "document": number}),
            ),
            reason: Some(of.text.clone()).filter(|it| !it.is_empty()),
        });
        Ok(())
    };
    Ok(state.store.write(write).await?)
}

/// What the steps of a case come to with one more.
fn change(case: &Loaded, new: &Step) -> CaseChange {
    let all = case.steps.iter().map(|it| &it.step).chain([new]);
    let first = all.clone().next().map(|it| it.by.clone());
    let progress = Progress::new(all);
    let assigned = progress.last(CaseStep::Assigned).map(|it| it.details.officer.clone());
    CaseChange {
        state: progress.state(),
        is_told: progress.steps().iter().any(|it| it.step.tells_unit()),
        officer: assigned.or(first).unwrap_or_else(|| case.head.officer.clone()),
    }
}
