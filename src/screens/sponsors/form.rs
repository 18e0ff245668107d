//! A sponsor's form: a new one, or the change of one.

use ratatui::layout::Rect;

use crate::api::failure::Trouble;
use crate::api::sponsor::SponsorRow;
use crate::api::{Answer, Failure, FieldChange, Reply, Request};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence::{self, field};
use crate::app::session::Session;
use crate::domain::sponsor::{SponsorFields, check};
use crate::domain::text::inert;
use crate::domain::{Param, Refusal, SponsorId};
use crate::screens::confirm::{Confirm, Outcome};
use crate::screens::list::Trail;
use crate::screens::panel::panel;
use crate::screens::sheet::Sheet;
use crate::screens::{Canvas, Layer, Screen, typing};
use crate::widgets::edit::Edit;
use crate::widgets::form::{Field, Form, Kind};
use crate::widgets::pen::{Pen, row};

/// What stands under a form that was in somebody's way, or that somebody was in the way of.
struct Notice {
    sentence: String,
    /// Field by field: whose label, what to say.
    fields: Vec<(String, String)>,
}

/// The form.
pub(crate) struct SponsorForm {
    /// Which sponsor, and what it was when the form was opened or last compared; `None`: a new one.
    loaded: Option<(SponsorId, SponsorFields)>,
    form: Form,
    list: Trail,
    saving: Option<Ticket>,
    /// A change without an answer: saving the same once more asks for the very same.
    again: Option<Ticket>,
    notice: Option<Notice>,
}

impl SponsorForm {
    /// A form for a new sponsor or for this one.
    pub(crate) fn new(row: Option<&SponsorRow>, list: Trail, session: &Session) -> Self {
        let fields = row.map(|row| row.fields.clone()).unwrap_or_default();
        let label = |name: &str| field(&session.lang, name);
        let line = |name: &'static str, max: usize, value: &str| {
            Field::new(name, label(name), Kind::Line { max }).value(value)
        };
        let optional = |value: &Option<String>| value.clone().unwrap_or_default();
        let form = Form::new([
            line("name", 255, &fields.name).required(),
            line("logo", 255, &fields.logo).required().help(session.tr("sponsor-logo-help")),
            line("url", 255, &optional(&fields.url)).help(session.tr("sponsor-url-help")),
            line("category", 100, &optional(&fields.category)).help(session.tr("sponsor-category-help")),
        ]);
        let loaded = row.map(|row| (row.id, fields));
        Self { loaded, form, list, saving: None, again: None, notice: None }
    }

    fn fields(&self) -> SponsorFields {
        let value = |name: &str| self.form.value(name);
        SponsorFields {
            name: value("name"),
            logo: value("logo"),
            url: Some(value("url")),
            category: Some(value("category")),
        }
    }

    fn save(&mut self, cx: &mut Cx<'_>) {
        let session = cx.session;
        self.form.clear_errors();
        let fields = match check(&self.fields()) {
            Ok(fields) => fields,
            Err(refusal) => return self.refused(&refusal, session),
        };
        let request = match &self.loaded {
            Some((_, loaded)) if check(loaded).as_ref() == Ok(&fields) => {
                cx.toast(Tone::Info, session.tr("sponsor-same"));
                return cx.close();
            }
            Some((sponsor, loaded)) => Request::EditSponsor { sponsor: *sponsor, fields, loaded: Some(loaded.clone()) },
            None => Request::CreateSponsor { fields },
        };
        self.list.acting(true);
        self.saving = Some(match self.again.take() {
            Some(ticket) => cx.call_again(ticket, request),
            None => cx.call(request),
        });
        self.notice = None;
    }

    /// Says under the field what is wrong with it.
    fn refused(&mut self, refusal: &Refusal, session: &Session) {
        let sentence = session.lang.refusal(refusal);
        let named = refusal.params.iter().find_map(|(_, value)| match value {
            Param::Message(id) => id.strip_prefix("field-"),
            _ => None,
        });
        match named {
            Some(name) => self.form.set_error(name, sentence),
            None => self.notice = Some(Notice { sentence, fields: Vec::new() }),
        }
    }

    fn saved(&self, row: &SponsorRow, answer: &Answer, cx: &mut Cx<'_>) {
        let id = if self.loaded.is_some() { "sponsor-saved" } else { "sponsor-created" };
        let name = inert(&row.fields.name).into_owned();
        cx.done(cx.session.tr_with(id, &[("name", (&name).into())]), answer.operation);
        self.list.walk_to(row.id.0.into());
        cx.close();
        // The list below is small: it is read again and put in order, so that the sponsor is where it belongs.
        cx.act_later(Action::Refresh);
    }

    fn failed(&mut self, ticket: Ticket, failure: &Failure, session: &Session) {
        self.list.acting(false);
        match failure {
            Failure::Conflict(changes) => self.conflict(changes, session),
            Failure::Rule(refusal) => self.refused(refusal, session),
            _ => {
                if let Failure::Unavailable(trouble) = failure {
                    self.again = (trouble.why != Trouble::Cancelled).then_some(ticket);
                }
                let sentence = sentence::failure(&session.lang, failure);
                self.notice = Some(Notice { sentence, fields: Vec::new() });
            }
        }
    }

    /// Somebody else saved meanwhile. What only they changed is taken over; where both did, both are shown and saving once
    /// more is a decision.
    fn conflict(&mut self, changes: &[FieldChange], session: &Session) {
        let Some((_, loaded)) = &mut self.loaded else { return };
        let mut fields = Vec::new();
        for change in changes {
            let base = match change.field.as_str() {
                "name" => &mut loaded.name,
                "logo" => &mut loaded.logo,
                "url" => loaded.url.get_or_insert_default(),
                "category" => loaded.category.get_or_insert_default(),
                _ => continue,
            };
            let mine = self.form.value(&change.field);
            let untouched = mine.trim() == base.trim();
            base.clone_from(&change.now);
            let now = match change.now.trim() {
                "" => session.tr("page-empty"),
                now => inert(now).into_owned(),
            };
            let id = match untouched {
                true => "sponsor-conflict-taken",
                false => "sponsor-conflict-theirs",
            };
            if untouched {
                self.form.set_value(&change.field, &change.now);
            }
            let text = session.tr_with(id, &[("now", (&now).into())]);
            fields.push((field(&session.lang, &change.field), text));
        }
        // An empty column was NULL.
        loaded.url = loaded.url.take().filter(|url| !url.is_empty());
        loaded.category = loaded.category.take().filter(|category| !category.is_empty());
        self.notice = Some(Notice { sentence: session.tr("sponsor-conflict"), fields });
    }

    fn edit(&mut self, edit: Edit) -> bool {
        let edits = self.form.edit(edit);
        self.again = None;
        edits
    }

    fn sheet(&self, session: &Session, width: u16) -> Sheet {
        let theme = &session.theme;
        let mut sheet = Sheet::new(width);
        if let Some(notice) = &self.notice {
            let sign = (theme.warning, theme.signs.warning.to_owned());
            sheet.signed(0, Some(sign), theme.warning, &notice.sentence);
            for (label, text) in &notice.fields {
                sheet.text(2, theme.text, &format!("{label} · {text}"));
            }
            sheet.gap();
        }
        sheet
    }
}

impl Screen for SponsorForm {
    fn title(&self) -> &'static str {
        "sponsor-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Form]
    }

    fn typing(&self) -> bool {
        true
    }

    fn enter(&mut self, _fresh: bool, _cx: &mut Cx<'_>) {}

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            // What is being saved stays as it is until the answer is there.
            _ if self.saving.is_some() => return !matches!(action, Action::Repaint | Action::Help | Action::Quit),
            Action::Save => self.save(cx),
            Action::Accept if self.form.at_last() => self.save(cx),
            Action::Accept | Action::NextField => self.form.next(),
            Action::PreviousField => self.form.previous(),
            Action::Up => _ = self.edit(Edit::Up),
            Action::Down => _ = self.edit(Edit::Down),
            Action::Back if self.form.dirty() => {
                let discard = Confirm::discard(cx.session, "sponsor-unsaved", Outcome::Close(cx.key()));
                cx.open(Box::new(discard));
            }
            Action::Back => cx.close(),
            _ => return false,
        }
        true
    }

    fn typed(&mut self, key: Key, _cx: &mut Cx<'_>) -> bool {
        match typing::step(key) {
            Some(edit) if self.saving.is_none() => self.edit(edit),
            step => step.is_some(),
        }
    }

    fn pasted(&mut self, text: &str, _cx: &mut Cx<'_>) {
        if self.saving.is_none() && self.form.paste(text) {
            self.again = None;
        }
    }

    fn mouse(&mut self, mouse: Mouse, _cx: &mut Cx<'_>) {
        if mouse.kind == MouseKind::Press {
            self.form.click(mouse.column, mouse.row);
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.saving.take_if(|asked| *asked == ticket).is_none() {
            return;
        }
        match result {
            Ok(answer) => match &answer.reply {
                Reply::Sponsor(row) => self.saved(row, &answer, cx),
                _ => cx.close(),
            },
            Err(failure) => self.failed(ticket, &failure, cx.session),
        }
    }

    fn unsaved(&self) -> bool {
        self.form.dirty()
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let title = match &self.loaded {
            Some((_, loaded)) => {
                session.tr_with("sponsor-edit", &[("name", (&inert(&loaded.name).into_owned()).into())])
            }
            None => session.tr("sponsor-new"),
        };
        let width = area.width.saturating_sub(4).min(72);
        let sheet = self.sheet(session, width.saturating_sub(4));
        let above = u16::try_from(sheet.len()).unwrap_or(u16::MAX).min(area.height / 2);
        let wanted = self.form.height(width.saturating_sub(4)).saturating_add(above).saturating_add(4);
        let body = panel(area, canvas, &title, width, wanted.min(area.height));
        sheet.draw(Rect { height: above.min(body.height), ..body }, 0, canvas);
        let rest = body.height.saturating_sub(above);
        let form = Rect { y: body.y + above.min(body.height), height: rest.saturating_sub(2), ..body };
        if let Some(cursor) = self.form.draw(form, canvas.buf, theme) {
            canvas.cursor = self.saving.is_none().then_some(cursor);
        }
        let foot = row(body, body.height.saturating_sub(1));
        let mut pen = Pen::new(foot, canvas.buf, theme.signs.ellipsis);
        match self.saving {
            Some(_) => pen
                .put(theme.signs.spinner[0], theme.accent)
                .put(" ", theme.text)
                .put(&session.tr("sponsor-saving"), theme.accent),
            None => pen.put(&session.tr("sponsor-readers"), theme.dim),
        };
    }
}
