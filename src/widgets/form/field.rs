//! One field of a form: what it asks for, as data, and the control that answers.

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
    /// What else its value must be; asked only about values that are not blank.
    pub validate: fn(&str) -> Result<(), &'static str>,
    /// The value it begins with.
    pub value: String,
}

impl Field {
    /// A field that may be blank and holds nothing yet.
    pub fn new(name: &'static str, label: impl Into<String>, kind: Kind) -> Self {
        let (label, help, value) = (label.into(), String::new(), String::new());
        Field { name, label, kind, required: false, help, validate: |_| Ok(()), value }
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
}

impl Control {
    pub(super) fn new(kind: &Kind, value: &str) -> Self {
        let mut control = match kind {
            Kind::Line { max } => Control::Line(Input::new().with_max(*max)),
            Kind::Secret { max } => Control::Line(Input::masked().with_max(*max)),
            Kind::Text { max, .. } => Control::Text(Box::new(TextBox::new(*max))),
            Kind::Choice(options) => Control::Choice { options: options.clone(), at: 0 },
            Kind::Toggle => Control::Toggle(false),
        };
        control.set(value);
        control
    }

    pub(super) fn set(&mut self, value: &str) {
        match self {
            Control::Line(input) => input.set(value),
            Control::Text(text) => text.set(value),
            Control::Choice { options, at } => {
                *at = options.iter().position(|option| option.value == value).unwrap_or(0);
            }
            Control::Toggle(on) => *on = value == "true",
        }
    }

    pub(super) fn value(&self) -> String {
        match self {
            Control::Line(input) => input.text().to_owned(),
            Control::Text(text) => text.text(),
            Control::Choice { options, at } => options.get(*at).map(|option| option.value.clone()).unwrap_or_default(),
            Control::Toggle(on) => on.to_string(),
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
        }
    }

    pub(super) fn paste(&mut self, pasted: &str) -> bool {
        match self {
            Control::Line(input) => input.paste(pasted),
            Control::Text(text) => text.paste(pasted),
            Control::Choice { .. } | Control::Toggle(_) => false,
        }
    }
}
