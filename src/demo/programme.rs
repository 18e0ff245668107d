//! The days around the films: events with their reservations, sponsors, readers of the newsletter.

use std::collections::HashSet;

use chrono::{DateTime, Duration, Timelike, Utc};

use super::Options;
use super::dice::{Dice, Part};
use super::people::{email, id, number};
use super::places;
use super::rows::{Event, Reservation, Sponsor, Subscriber};

/// An event: days from now (whole, so that only the hour counts), hour in UTC, minutes it lasts, and how many book.
struct Plan {
    day: i64,
    hour: u32,
    minutes: Option<i64>,
    kind: &'static str,
    name: &'static str,
    location: &'static str,
    description: &'static str,
    bookings: usize,
}

/// A day that stands for "it began a while ago and runs still".
const NOW: i64 = 0;

macro_rules! events {
    ($($day:expr, $hour:literal, $minutes:expr, $kind:ident, $bookings:literal, $name:literal, $location:literal, $description:literal;)*) => {
        static EVENTS: &[Plan] = &[$(Plan {
            day: $day, hour: $hour, minutes: $minutes, kind: stringify!($kind), name: $name, location: $location,
            description: $description, bookings: $bookings,
        }),*];
    };
}

events! {
    -62, 17, Some(90), MEETUP, 24, "Apéro des cinéastes", "Friche la Belle de Mai, Marseille 3e", "Rencontre informelle entre équipes, outils et curieux.";
    -41, 9, Some(180), WORKSHOP, 12, "Atelier : une minute, une machine", "La Plateforme, Marseille 2e", "Écrire, générer et monter un film d'une minute en trois heures.";
    -20, 16, Some(60), WEBINAR, 41, "Droits d'auteur et images générées", "En ligne", "Une juriste répond aux questions des équipes sélectionnées.";
    -6, 18, Some(120), CONFERENCE, 58, "Que voit une machine ?", "Mucem, auditorium Germaine-Tillion, Marseille 2e", "Conférence d'ouverture, avec projection de douze films.";
    -1, 8, Some(240), WORKSHOP, 10, "Son et voix de synthèse", "Conservatoire Pierre-Barbizet, Marseille 1er", "Prise de son, clonage consenti, mixage : par petits groupes.";
    NOW, 0, Some(240), CONFERENCE, 64, "Projection marathon : 100 films en 100 minutes", "Cinéma Les Variétés, Marseille 1er", "Sans interruption ; on entre et on sort entre deux films.";
    NOW, 1, None, MEETUP, 17, "Café des jurés", "Café de la Banque, Marseille 6e", "Porte ouverte : les jurés racontent comment ils regardent.";
    1, 12, Some(90), WEBINAR, 33, "Ask the toolmakers", "Online", "Engineers of three video models take questions. In English.";
    2, 9, Some(180), WORKSHOP, 14, "Storyboard avec un modèle d'image", "Bibliothèque L'Alcazar, Marseille 1er", "Pour adolescents et adultes, matériel fourni.";
    3, 18, Some(150), CONFERENCE, 71, "Cérémonie de remise des prix", "Palais du Pharo, Marseille 7e", "Projection des films primés en présence des équipes.";
    4, 10, Some(120), MEETUP, 9, "Brunch producteurs", "Les Docks, Marseille 2e", "Tables de six, une rotation toutes les vingt minutes.";
    11, 17, Some(90), CONFERENCE, 22, "Marseille, ville imaginée", "Hangar J1, Marseille 2e", "Archives, cartes et images de synthèse d'une ville qui n'existe pas.";
    25, 9, Some(420), WORKSHOP, 6, "24 h pour un film (édition d'hiver)", "Friche la Belle de Mai, Marseille 3e", "Un thème à neuf heures, un film le lendemain.";
    40, 16, Some(60), WEBINAR, 0, "Appel à films : mode d'emploi", "En ligne", "Comment déposer un film pour la prochaine édition.";
}

/// The events, the earliest first.
pub(super) fn events(options: &Options) -> Vec<Event> {
    let events = EVENTS.iter().enumerate().map(|(index, plan)| {
        let start = start(options.now, plan);
        Event {
            id: id(index),
            name: plan.name,
            description: plan.description,
            start,
            end: plan.minutes.map(|minutes| start + Duration::minutes(minutes)),
            location: plan.location,
            kind: plan.kind,
            created: options.ago((120 - i64::from(number(index))) * 86_400),
        }
    });
    events.collect()
}

fn start(now: DateTime<Utc>, plan: &Plan) -> DateTime<Utc> {
    if plan.day == NOW {
        let quarter =
            now - Duration::minutes(i64::from(now.minute() % 15)) - Duration::seconds(i64::from(now.second()));
        return quarter - Duration::minutes(20 + 10 * i64::from(plan.hour));
    }
    let midnight = now.date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
    midnight + Duration::days(plan.day) + Duration::hours(i64::from(plan.hour))
}

/// Who comes, by event in the order in which they booked.
pub(super) fn reservations(options: &Options) -> Vec<Reservation> {
    let mut reservations: Vec<Reservation> = Vec::new();
    for (index, plan) in EVENTS.iter().enumerate() {
        let mut dice = Dice::new(options.seed, Part::Event, number(index));
        let mut taken = HashSet::new();
        // Bookings opened a month before the start, and nobody can have booked after now.
        let start = start(options.now, plan);
        let (from, until) = (start - Duration::days(30), start.min(options.now) - Duration::minutes(30));
        let from = from.min(until - Duration::days(2));
        let mut moments: Vec<i64> =
            (0..plan.bookings).map(|_| dice.number(from.timestamp(), until.timestamp())).collect();
        moments.sort_unstable();
        for moment in moments {
            let country = if dice.chance(70) { places::named("France") } else { places::country(&mut dice) };
            let (first, last) = (dice.pick(country.names.first), dice.pick(country.names.last));
            let seats = dice.pick(&[1, 1, 1, 1, 2, 2, 2, 3, 4, 6]);
            reservations.push(Reservation {
                id: id(reservations.len()),
                event: id(index),
                first_name: first.to_owned(),
                last_name: last.to_owned(),
                email: email(&mut taken, first, last, dice.pick(&["courriel.example", "poste.example"])),
                // One came without a number, as the web site lets it.
                seats: (reservations.len() != 30).then_some(seats),
                created: DateTime::from_timestamp(moment, 0).unwrap_or(options.now),
            });
        }
    }
    reservations
}

macro_rules! sponsors {
    ($($name:literal, $logo:literal, $url:expr, $category:expr;)*) => {
        static SPONSORS: &[(&str, &str, Option<&str>, Option<&str>)] = &[$(($name, $logo, $url, $category)),*];
    };
}

sponsors! {
    "Calanque Numérique", "/uploads/sponsors/calanque-numerique.svg", Some("https://calanque-numerique.example"), Some("Or");
    "Mistral Optique", "/uploads/sponsors/mistral-optique.png", Some("https://www.mistral-optique.example/fr"), Some("Or");
    "Fonderie Phocéa", "/uploads/sponsors/fonderie-phocea.svg", Some("https://phocea.example"), Some("Argent");
    "Atelier des Deux Rives", "/uploads/sponsors/deux-rives.png", Some("https://deuxrives.example"), Some("Argent");
    "Nébuleuse Cloud", "/uploads/sponsors/nebuleuse.svg", Some("https://nebuleuse.example/cinema?source=marsai"), Some("Argent");
    "Savonnerie du Panier", "/uploads/sponsors/savonnerie-panier.jpg", Some("https://savonnerie-panier.example"), Some("Bronze");
    "Brasserie La Bonne Mer", "/uploads/sponsors/bonne-mer.png", None, Some("Bronze");
    "Garlaban Transports", "/uploads/sponsors/garlaban.png", Some("http://garlaban.example"), Some("Bronze");
    "Fonds Massalia pour l'image", "/uploads/sponsors/massalia.svg", Some("https://fonds-massalia.example"), Some("Institutionnel");
    "École Sainte-Luce des arts numériques", "/uploads/sponsors/sainte-luce.svg", Some("https://sainte-luce.example"), Some("Institutionnel");
    "Radio Frioul", "/uploads/sponsors/radio-frioul.png", Some("https://radiofrioul.example"), Some("Média");
    "Le Petit Projectionniste", "/uploads/sponsors/petit-projectionniste.png", Some("https://petit-projectionniste.example"), Some("Média");
    "Tuile & Pixel", "/uploads/sponsors/tuile-pixel.png", Some("https://tuile-pixel.example"), None;
}

/// The sponsors, tier by tier.
pub(super) fn sponsors() -> Vec<Sponsor> {
    let rows = SPONSORS.iter().enumerate();
    rows.map(|(index, (name, logo, url, category))| Sponsor {
        id: id(index),
        name,
        logo,
        url: *url,
        category: *category,
    })
    .collect()
}

/// The readers of the newsletter.
pub(super) fn subscribers(options: &Options, count: usize) -> Vec<Subscriber> {
    let mut taken = HashSet::new();
    let readers = (0..count).map(|index| {
        let mut dice = Dice::new(options.seed, Part::Reader, number(index));
        let country = if dice.chance(60) { places::named("France") } else { places::country(&mut dice) };
        let (first, last) = (dice.pick(country.names.first), dice.pick(country.names.last));
        let email = email(&mut taken, first, last, dice.pick(&["courriel.example", "mail.example"]));
        Subscriber { id: id(index), email, since: options.ago(dice.number(3_600, 170 * 86_400)) }
    });
    readers.collect()
}
