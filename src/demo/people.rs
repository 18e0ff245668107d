//! Everybody who has an account, and the crews.

use std::collections::HashSet;

use super::dice::{Dice, Part};
use super::festival::Scale;
use super::places::{self, Country};
use super::rows::{Collaborator, User};
use super::titles::SPECIALS;
use super::{Options, synopses};
use crate::domain::text::fold;
use crate::domain::user::Role;

/// Domain of the festival's own addresses.
const HOUSE: &str = "marsai.example";
/// Domains of everybody else.
const DOMAINS: [&str; 5] =
    ["courriel.example", "poste.example", "mail.example", "studio.example", "cine-boite.example"];

static ADMINISTRATORS: [(&str, &str); 2] = [("Camille", "Roux"), ("Idriss", "Fontanel")];

/// The jurors of a festival of ordinary size.
static JURORS: [(&str, &str, &str); 9] = [
    ("Margaux", "Tessier-Vial", "Monteuse, membre du jury depuis la première édition."),
    ("Kwame", "Asante-Reed", "Sound designer; teaches field recording."),
    ("Yuna", "Cho-Lambert", "Illustratrice et autrice de courts métrages d'animation."),
    ("Elizabeta", "Marchettini", "Director of photography, Turin and Marseille."),
    ("Omar", "Benkirane-Faye", "Scénariste, ancien critique."),
    ("Agnieszka", "Wolny-Hart", "Curator of a short film night in Łódź."),
    ("Dinesh", "Perera-Colin", "Chercheur en synthèse d'image."),
    ("Solange", "Okoro-Petit", "Programmatrice d'un cinéma de quartier."),
    ("Tom", "Haverkamp-Ruiz", "Composer for screen and stage."),
];
/// Their account is disabled.
static DISABLED: (&str, &str) = ("Baptiste", "Loriol-Kern");
/// Was a juror; the web site has made them a producer since.
static GONE: (&str, &str) = ("Helena", "Quint-Barral");

/// Everybody, by id without a gap: administrators, jurors, the disabled one, the one who left, producers.
pub(super) fn users(options: &Options, scale: &Scale) -> Vec<User> {
    let mut taken = HashSet::new();
    let mut users = Vec::with_capacity(scale.users());
    for (first, last) in ADMINISTRATORS {
        users.push(staff(options, &mut taken, users.len(), (first, last), Role::Admin, None));
    }
    for n in 0..scale.jurors {
        let user = match JURORS.get(n) {
            Some((first, last, line)) => staff(options, &mut taken, users.len(), (first, last), Role::Jury, Some(line)),
            None => more_jurors(options, &mut taken, users.len()),
        };
        users.push(user);
    }
    users.push(staff(options, &mut taken, users.len(), DISABLED, Role::Jury, None));
    users.push(staff(options, &mut taken, users.len(), GONE, Role::Producer, Some("Productrice, ex-jurée.")));
    for n in 0..scale.producers {
        users.push(producer(options, &mut taken, users.len(), n));
    }
    users
}

fn staff(
    options: &Options,
    taken: &mut HashSet<String>,
    index: usize,
    (first, last): (&str, &str),
    role: Role,
    line: Option<&str>,
) -> User {
    let mut dice = Dice::new(options.seed, Part::Person, number(index));
    User {
        id: id(index),
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        email: email(taken, first, last, HOUSE),
        role,
        mobile: dice.chance(70).then(|| telephone(&mut dice, places::named("France"))),
        city: Some("Marseille"),
        country: Some("France"),
        biography: line.map(str::to_owned),
        job: None,
        created: options.ago(200 * 86_400 - dice.number(0, 20 * 86_400)),
    }
}

fn more_jurors(options: &Options, taken: &mut HashSet<String>, index: usize) -> User {
    let mut dice = Dice::new(options.seed, Part::Person, number(index));
    let country = places::country(&mut dice);
    let (first, last) = (dice.pick(country.names.first), dice.pick(country.names.last));
    let user = staff(options, taken, index, (first, last), Role::Jury, None);
    User { country: Some(country.name), city: Some(dice.pick(country.cities)), ..user }
}

fn producer(options: &Options, taken: &mut HashSet<String>, index: usize, n: usize) -> User {
    let mut dice = Dice::new(options.seed, Part::Person, number(index));
    let country = SPECIALS.get(n).map_or_else(|| places::country(&mut dice), |(_, country)| places::named(country));
    let (first, last) = (dice.pick(country.names.first), dice.pick(country.names.last));
    let mut email = email(taken, first, last, dice.pick(&DOMAINS));
    if n % 37 == 5 {
        // As some people type it on the web site.
        email = email.to_uppercase();
    }
    let studio = studio(&mut dice);
    User {
        id: id(index),
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        email,
        role: Role::Producer,
        mobile: dice.chance(80).then(|| telephone(&mut dice, country)),
        city: dice.chance(90).then(|| dice.pick(country.cities)),
        country: Some(country.name),
        biography: dice.chance(40).then(|| format!("Réalise des films courts avec {studio}.")),
        job: dice.chance(85).then(|| dice.pick(&["DIRECTOR", "DIRECTOR", "PRODUCER", "WRITER", "ACTOR", "OTHER"])),
        created: options.ago(dice.number(165 * 86_400, 185 * 86_400)),
    }
}

/// A production company.
pub(super) fn studio(dice: &mut Dice) -> String {
    let (name, word) = (dice.pick(synopses::STUDIO_NAMES), dice.pick(synopses::STUDIOS));
    if matches!(word, "Studio" | "Collectif" | "Atelier" | "Ciné") {
        format!("{word} {name}")
    } else {
        format!("{name} {word}")
    }
}

/// An address that nobody has yet, in the plain letters of the name.
pub(super) fn email(taken: &mut HashSet<String>, first: &str, last: &str, domain: &str) -> String {
    let plain = |name: &str| -> String {
        fold(name).replace('ß', "ss").chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
    };
    let name = format!("{}.{}", plain(first), plain(last));
    let mut address = format!("{name}@{domain}");
    let mut n = 2;
    while !taken.insert(address.clone()) {
        address = format!("{name}{n}@{domain}");
        n += 1;
    }
    address
}

fn telephone(dice: &mut Dice, country: &Country) -> String {
    let mut digits = || format!("{:02}", dice.number(0, 99));
    format!("{} {} {} {}", country.prefix, digits(), digits(), digits())
}

/// The crews: people who work on several films and have no account.
pub(super) fn collaborators(options: &Options, scale: &Scale) -> impl Iterator<Item = Collaborator> + use<> {
    let (seed, offset) = (options.seed, scale.users());
    (0..scale.collaborators).map(move |n| {
        let mut dice = Dice::new(seed, Part::Person, number(offset + n));
        let country = places::country(&mut dice);
        let (first, last) = (dice.pick(country.names.first), dice.pick(country.names.last));
        let address = email(&mut HashSet::new(), first, last, dice.pick(&DOMAINS));
        Collaborator {
            id: id(n),
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            email: dice.chance(80).then_some(address),
            job: dice.pick(synopses::JOBS),
        }
    })
}

/// The id of the row at this position; ids begin with 1.
pub(super) fn id(index: usize) -> i32 {
    i32::try_from(index + 1).unwrap_or(i32::MAX)
}

/// A position as the number of a stream of chance.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
