//! One field of a form: what it asks for, as data, and the control that answers.

use super::checks::Checks;
use crate::widgets::edit::Edit;
use crate::widgets::input::Input;
use crate::widgets::text::TextBox;

/// The message id of the error of a required field that is empty.
pub const REQUIRED: &str = "field-required";

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What stands in the form's values.
    pub value: String,
    /// What is shown.
    pub label: String,
}

/// What a field asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// One line of at most `max` characters.
    Line {
        /// The greatest number of characters.
        max: usize,
    },
    /// Several lines of at most `max` characters altogether, in a box of `rows` rows.
    Text {
        /// The greatest number of characters.
        max: usize,
        /// How many rows the box has.
        rows: u16,
    },
    /// One line that is not shown.
    Secret {
        /// The greatest number of characters.
        max: usize,
    },
    /// One of some options; the first one unless a value is set.
    Choice(Vec<Choice>),
    /// Yes or no: `true` or `false`.
    Toggle,
    /// Any number of some options: their values, one to a line.
    Checks(Vec<Choice>),
    /// One of more options than a form could show: whoever owns the form lets somebody search and sets the value.
    Search {
        /// What is shown for the value that the field begins with.
        label: String,
    },
    /// What is shown and cannot be changed here.
    Fixed,
}

/// A field of a form. Texts are already in the session's language; `validate` answers with a message id.
#[derive(Debug, Clone)]
pub struct Field {
    /// What the field is known by.
    pub name: &'static str,
    /// Its label.
    pub label: String,
    /// What it asks for.
    pub kind: Kind,
    /// Whether it may not be left blank.
    pub required: bool,
    /// A line under it: what is meant, or who will read it. May be empty.
    pub help: String,
    /// The heading of the group that begins with this field; empty inside a group.
    pub group: String,
    /// What stands dim beside that heading. May be empty.
    pub group_note: String,
    /// Whether what it holds is counted in bytes of UTF-8 rather than in characters, against this limit.
    pub max_bytes: Option<usize>,
    /// What stands behind a short value, such as a unit. May be empty.
    pub unit: String,
    /// What else its value must be; asked only about values that are not blank.
    pub validate: fn(&str) -> Result<(), &'static str>,
    /// The value it begins with.
    pub value: String,
}

impl Field {
    /// A field that may be blank and holds nothing yet.
    pub fn new(name: &'static str, label: impl Into<String>, kind: Kind) -> Self {
        let (label, empty) = (label.into(), String::new);
        let (help, group, group_note, unit, value) = (empty(), empty(), empty(), empty(), empty());
        let validate = |_: &str| Ok(());
        Field { name, label, kind, required: false, help, group, group_note, max_bytes: None, unit, validate, value }
    }

    /// The same, but it may not be blank.
    #[must_use]
    pub fn required(self) -> Self {
        Field { required: true, ..self }
    }

    /// The same with a line under it.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Field { help: help.into(), ..self }
    }

    /// The same as the first of a group.
    #[must_use]
    pub fn group(self, heading: impl Into<String>, note: impl Into<String>) -> Self {
        Field { group: heading.into(), group_note: note.into(), ..self }
    }

    /// The same with a limit in bytes.
    #[must_use]
    pub fn bytes(self, max: usize) -> Self {
        Field { max_bytes: Some(max), ..self }
    }

    /// The same with a text behind its value.
    #[must_use]
    pub fn unit(self, unit: impl Into<String>) -> Self {
        Field { unit: unit.into(), ..self }
    }

    /// The same with a rule for its value.
    #[must_use]
    pub fn validate(self, validate: fn(&str) -> Result<(), &'static str>) -> Self {
        Field { validate, ..self }
    }

    /// The same with a value.
    #[must_use]
    pub fn value(self, value: impl Into<String>) -> Self {
        Field { value: value.into(), ..self }
    }
}

/// What answers a field.
#[derive(Debug, Clone)]
pub(super) enum Control {
    Line(Input),
    Text(Box<TextBox>),
    Choice { options: Vec<Choice>, at: usize },
    Toggle(bool),
    Checks(Checks),
    Search { value: String, label: String },
    Fixed(String),
}

impl Control {
    pub(super) fn new(kind: &Kind, value: &str) -> Self {
        let mut control = match kind {
            Kind::Line { max } => Control::Line(Input::new().with_max(*max)),
            Kind::Secret { max } => Control::Line(Input::masked().with_max(*max)),
            Kind::Text { max, .. } => Control::Text(Box::new(TextBox::new(*max))),
            Kind::Choice(options) => Control::Choice { options: options.clone(), at: 0 },
            Kind::Toggle => Control::Toggle(false),
            Kind::Checks(options) => Control::Checks(Checks::new(options.clone())),
            Kind::Search { .. } => Control::Search { value: String::new(), label: String::new() },
            Kind::Fixed => Control::Fixed(String::new()),
        };
        control.set(value);
        if let (Control::Search { label, .. }, Kind::Search { label: shown }) = (&mut control, kind) {
            label.clone_from(shown);
        }
        control
    }

    pub(super) fn set(&mut self, to: &str) {
        match self {
            Control::Line(input) => input.set(to),
            Control::Text(text) => text.set(to),
            Control::Choice { options, at } => {
                *at = options.iter().position(|option| option.value == to).unwrap_or(0);
            }
            Control::Toggle(on) => *on = to == "true",
            Control::Checks(checks) => checks.set(to),
            Control::Search { value, label } => {
                to.clone_into(value);
                to.clone_into(label);
            }
            Control::Fixed(value) => to.clone_into(value),
        }
    }

    pub(super) fn value(&self) -> String {
        match self {
            Control::Line(input) => input.text().to_owned(),
            Control::Text(text) => text.text(),
            Control::Choice { options, at } => options.get(*at).map(|option| option.value.clone()).unwrap_or_default(),
            Control::Toggle(on) => on.to_string(),
            Control::Checks(checks) => checks.value(),
            Control::Search { value, .. } | Control::Fixed(value) => value.clone(),
        }
    }

    pub(super) fn edit(&mut self, edit: Edit) -> bool {
        match self {
            Control::Line(input) => input.edit(edit),
            Control::Text(text) => text.edit(edit),
            Control::Choice { options, at } => {
                let last = options.len().saturating_sub(1);
                let to = match edit {
                    Edit::Left => at.checked_sub(1).unwrap_or(last),
                    Edit::Right | Edit::Insert(' ') if *at < last => *at + 1,
                    Edit::Right | Edit::Insert(' ') => 0,
                    Edit::Home => 0,
                    Edit::End => last,
                    _ => *at,
                };
                std::mem::replace(at, to) != to
            }
            Control::Toggle(on) => {
                let to = match edit {
                    Edit::Insert(' ') | Edit::Left | Edit::Right => !*on,
                    _ => *on,
                };
                std::mem::replace(on, to) != to
            }
            Control::Checks(checks) => checks.edit(edit),
            Control::Search { .. } | Control::Fixed(_) => false,
        }
    }

    pub(super) fn paste(&mut self, pasted: &str) -> bool {
        match self {
            Control::Line(input) => input.paste(pasted),
            Control::Text(text) => text.paste(pasted),
            _ => false,
        }
    }

    /// How many characters there are and may be, for what is typed and seen.
    pub(super) fn count(&self, field: &Field) -> Option<(usize, usize)> {
        match (self, &field.kind) {
            (Control::Line(_), Kind::Secret { .. }) => None,
            (Control::Line(input), _) if field.max_bytes.is_some() => Some((input.text().len(), field.max_bytes?)),
            (Control::Text(text), _) if field.max_bytes.is_some() => Some((text.bytes(), field.max_bytes?)),
            (Control::Line(input), Kind::Line { max }) => Some((input.text().chars().count(), *max)),
            (Control::Text(text), _) => Some((text.count(), text.max())),
            _ => None,
        }
    }
}
