//! Sponsors: what a sound one looks like.

use serde::{Deserialize, Serialize};
use url::Url;

use super::rule::{Param, Refusal, Rule};

/// A sponsor's fields as somebody typed them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SponsorFields {
    /// Required, at most 255 characters.
    pub name: String,
    /// Path or address of the logo; required by the platform, at most 255 characters.
    pub logo: String,
    /// An http(s) address, or nothing; at most 255 characters.
    #[serde(default)]
    pub url: Option<String>,
    /// The tier, at most 100 characters.
    #[serde(default)]
    pub category: Option<String>,
}

/// Judges and trims a sponsor's fields; blank optional ones become `None`.
///
/// # Errors
/// The first field that is missing, too long or no address.
pub fn check(fields: &SponsorFields) -> Result<SponsorFields, Refusal> {
    let optional = |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    let clean = SponsorFields {
        name: required("name", &fields.name, 255)?,
        logo: required("logo", &fields.logo, 255)?,
        url: optional(&fields.url),
        category: optional(&fields.category),
    };
    if let Some(url) = &clean.url {
        short("url", url, 255)?;
        check_url("url", url)?;
    }
    if let Some(category) = &clean.category {
        short("category", category, 100)?;
    }
    Ok(clean)
}

/// Judges one field as somebody typed it.
///
/// # Errors
/// See [`check`].
pub fn check_field(field: &str, value: &str) -> Result<(), Refusal> {
    let sound = SponsorFields { name: "-".into(), logo: "-".into(), url: None, category: None };
    let value = value.to_owned();
    let fields = match field {
        "name" => SponsorFields { name: value, ..sound },
        "logo" => SponsorFields { logo: value, ..sound },
        "url" => SponsorFields { url: Some(value), ..sound },
        "category" => SponsorFields { category: Some(value), ..sound },
        _ => sound,
    };
    check(&fields).map(|_| ())
}

/// Trims a required text and holds it to a column's length in characters.
///
/// # Errors
/// [`Rule::FieldNeeded`] or [`Rule::TooLong`].
pub fn required(field: &'static str, text: &str, max: usize) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::new(Rule::FieldNeeded).with("field", label(field)));
    }
    short(field, text, max)?;
    Ok(text.to_owned())
}

fn short(field: &'static str, text: &str, max: usize) -> Result<(), Refusal> {
    let length = text.chars().count();
    if length > max {
        let refusal = Refusal::new(Rule::TooLong).with("field", label(field));
        return Err(refusal.with("max", max as i64).with("length", length as i64));
    }
    Ok(())
}

/// An http(s) address with a host and without controls.
///
/// # Errors
/// [`Rule::BadUrl`].
pub fn check_url(field: &'static str, text: &str) -> Result<(), Refusal> {
    let sound = Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if sound && !text.chars().any(char::is_control) {
        Ok(())
    } else {
        Err(Refusal::new(Rule::BadUrl).with("field", label(field)))
    }
}

/// The id of a field's label in the language files.
fn label(field: &str) -> Param {
    Param::Message(format!("field-{}", field.replace('_', "-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(name: &str, logo: &str, url: &str, category: &str) -> SponsorFields {
        SponsorFields { name: name.into(), logo: logo.into(), url: Some(url.into()), category: Some(category.into()) }
    }

    #[test]
    fn by_table() {
        let long = "x".repeat(256);
        let cases = [
            (fields("Mistral", "m.png", "https://m.example", "gold"), None),
            (fields("  ", "m.png", "", ""), Some(Rule::FieldNeeded)),
            (fields("M", "", "", ""), Some(Rule::FieldNeeded)),
            (fields(&long, "m.png", "", ""), Some(Rule::TooLong)),
            (fields("M", "m.png", "javascript:alert(1)", ""), Some(Rule::BadUrl)),
            (fields("M", "m.png", "m.example", ""), Some(Rule::BadUrl)),
            (fields("M", "m.png", &format!("https://{long}"), ""), Some(Rule::TooLong)),
            (fields("M", "m.png", "", &"g".repeat(101)), Some(Rule::TooLong)),
        ];
        for (fields, expected) in cases {
            assert_eq!(check(&fields).err().map(|r| r.rule), expected, "{fields:?}");
        }
    }

    #[test]
    fn trims_and_drops_blanks() {
        let clean = check(&fields(" M ", " m.png ", "  ", " gold ")).unwrap();
        assert_eq!(
            clean,
            SponsorFields { name: "M".into(), logo: "m.png".into(), url: None, category: Some("gold".into()) }
        );
    }
}
