//! What the films are about and how they were made.

use super::dice::Dice;
use super::tongues::{ENGLISH, FRENCH, WORDS};

#[derive(Clone, Copy)]
struct Hero(&'static str, &'static str);
#[derive(Clone, Copy)]
struct Turn(&'static str, &'static str);

static HEROES: &[Hero] = &[
    Hero("Une archiviste à la retraite", "A retired archivist"),
    Hero("Un gardien de phare", "A lighthouse keeper"),
    Hero("Une enfant qui ne parle plus", "A child who no longer speaks"),
    Hero("Le dernier projectionniste du quartier", "The last projectionist of the neighbourhood"),
    Hero("Un drone de livraison tombé en panne", "A delivery drone that has broken down"),
    Hero("Une pêcheuse de l'Estaque", "A fisherwoman from a small harbour"),
    Hero("Un traducteur automatique insomniaque", "A sleepless translation engine"),
    Hero("Deux sœurs séparées par un océan", "Two sisters an ocean apart"),
    Hero("Une cosmonaute oubliée en orbite", "A cosmonaut forgotten in orbit"),
    Hero("Un vieux boulanger", "An old baker"),
    Hero("Une apiculteuse sans abeilles", "A beekeeper without bees"),
    Hero("Un chauffeur de taxi de nuit", "A night taxi driver"),
];

static MEETS: &[Turn] = &[
    Turn("découvre par hasard", "stumbles upon"),
    Turn("cherche depuis des années", "has been looking for years for"),
    Turn("reçoit en héritage", "inherits"),
    Turn("tente de réparer", "tries to mend"),
    Turn("entend chaque soir", "hears, every evening,"),
    Turn("apprend à une machine", "teaches a machine"),
    Turn("échange contre une minute de vie", "trades one minute of life for"),
    Turn("dessine de mémoire", "draws from memory"),
];

static TURNS: &[Turn] = &[
    Turn("Mais l'image se met à répondre.", "But the picture begins to answer."),
    Turn(
        "En une minute, tout ce qui était perdu revient, sauf l'essentiel.",
        "Within a minute all that was lost comes back, except what mattered.",
    ),
    Turn("La ville entière retient son souffle.", "The whole city holds its breath."),
    Turn("Personne ne la croit, hormis un robot de nettoyage.", "Nobody believes it, apart from a cleaning robot."),
    Turn("Chaque souvenir efface le précédent.", "Each memory erases the one before."),
    Turn("Il faudra choisir entre la copie et l'original.", "A choice must be made between the copy and the original."),
    Turn("Le temps s'arrête à la cinquante-neuvième seconde.", "Time stops at the fifty-ninth second."),
    Turn("L'eau monte, et avec elle les voix.", "The water rises, and the voices with it."),
    Turn("Une panne générale rend enfin le ciel visible.", "A blackout makes the sky visible at last."),
    Turn("Ce qui devait être un adieu devient un mode d'emploi.", "What was to be a farewell turns into a manual."),
];

static ENDS: &[Turn] = &[
    Turn("Un film sans paroles, entre conte et documentaire.", "A film without words, between tale and documentary."),
    Turn(
        "Une fable tendre sur ce que les machines ne savent pas oublier.",
        "A tender fable about what machines cannot forget.",
    ),
    Turn("Une minute pour dire merci.", "One minute to say thank you."),
    Turn("D'après une histoire vraie, ou presque.", "Based on a true story, or nearly."),
    Turn("Une comédie noire, très courte et très bavarde.", "A black comedy, very short and very talkative."),
    Turn("Entièrement réalisé sur un ordinateur portable, dans un train.", "Made entirely on a laptop, in a train."),
    Turn("Une déclaration d'amour au cinéma muet.", "A declaration of love to silent cinema."),
    Turn("Et si demain commençait hier ?", "What if tomorrow began yesterday?"),
];

/// A story about two words, in French and in English: the words are those of the title where it has some.
pub(super) fn synopsis(dice: &mut Dice, head: usize, tail: usize) -> (String, String) {
    let Hero(hero_fr, hero_en) = dice.pick(HEROES);
    let Turn(meets_fr, meets_en) = dice.pick(MEETS);
    let thing_fr = uncapitalised(&FRENCH.title(head % WORDS, tail % WORDS));
    let thing_en = ENGLISH.title(head % WORDS, tail % WORDS).to_lowercase();
    let mut fr = format!("{hero_fr} {meets_fr} {thing_fr}.");
    let mut en = format!("{hero_en} {meets_en} {thing_en}.");
    for (turns, wanted) in [(TURNS, true), (TURNS, dice.chance(30)), (ENDS, dice.chance(75))] {
        let Turn(more_fr, more_en) = dice.pick(turns);
        if wanted && !fr.contains(more_fr) {
            fr = format!("{fr} {more_fr}");
            en = format!("{en} {more_en}");
        }
    }
    (fr, en)
}

fn uncapitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

static PICTURE_TOOLS: &[&str] = &[
    "Runway Gen-4",
    "Runway Gen-4",
    "Kling 2.1",
    "Kling 2.1",
    "Veo 3",
    "Veo 3",
    "Sora",
    "Pika 2.2",
    "Luma Ray 2",
    "Hailuo 02",
    "Wan 2.2",
    "Hunyuan Video",
    "Seedance 1.0",
    "Stable Video Diffusion",
    "AnimateDiff",
];
static STILL_TOOLS: &[&str] = &["Midjourney v7", "Flux 1.1", "DALL·E 3", "Stable Diffusion 3.5", "Imagen 4", "ComfyUI"];
static SOUND_TOOLS: &[&str] = &["Suno v4.5", "Udio", "ElevenLabs v3", "Stable Audio 2"];

/// The tools a film was made with, as its makers wrote them into one field.
pub(super) fn tools(dice: &mut Dice) -> String {
    let mut tools = vec![dice.pick(PICTURE_TOOLS)];
    for (list, percent) in [(STILL_TOOLS, 60), (SOUND_TOOLS, 35)] {
        if dice.chance(percent) {
            tools.push(dice.pick(list));
        }
    }
    tools.join(" + ")
}

/// Workshops in which some films were made.
pub(super) static WORKSHOPS: &[&str] = &[
    "Atelier « Une minute, une machine », La Plateforme, Marseille",
    "Résidence d'hiver, Friche la Belle de Mai",
    "Masterclass image générative, Aix-en-Provence",
    "Workshop \"Prompt to Picture\", Bristol",
    "24 h pour un film, Vieux-Port",
    "Lycée Saint-Charles, option cinéma",
];

/// The word after which or before which a production company puts its name.
pub(super) static STUDIOS: &[&str] =
    &["Films", "Studio", "Productions", "Images", "Pictures", "Collectif", "Atelier", "Lab", "Ciné"];
/// What companies are called.
pub(super) static STUDIO_NAMES: &[&str] = &[
    "Calanque",
    "Mistral",
    "Zénith",
    "Papier de verre",
    "Octopode",
    "Lumen",
    "Contrechamp",
    "Les Deux Horloges",
    "Nébuleuse",
    "Petit Pixel",
    "Rosée",
    "Blue Heron",
    "Kintsugi",
    "Marée basse",
    "Tangerine",
    "Hors-bord",
];

/// Statuses of a video as the site writes them.
pub(super) static VIDEO_STATUSES: &[&str] = &["uploaded", "uploaded", "processed", "public", "unlisted"];

/// Descriptions: what the makers say of the making.
pub(super) static DESCRIPTIONS: &[&str] = &[
    "Film réalisé en trois semaines, à quatre mains et un seul ordinateur.",
    "Toutes les images sont générées ; les voix sont celles de ma famille.",
    "Court métrage d'une minute, projet de fin d'études.",
    "No camera was used. The sound was recorded on location.",
    "Made during a forty-eight-hour challenge, then re-edited six times.",
    "Premier film. Merci à toutes celles et ceux qui ont prêté leur visage.",
    "The script was written by hand, the pictures were not.",
    "Une variation sur une photographie trouvée aux puces.",
];

/// The festival's categories.
pub(super) static CATEGORIES: &[&str] = &[
    "Fiction",
    "Animation",
    "Documentaire",
    "Expérimental",
    "Science-fiction",
    "Comédie",
    "Poésie visuelle",
    "Clip musical",
    "Thriller",
    "Écologie",
];

/// Jobs of a crew.
pub(super) static JOBS: &[&str] = &[
    "Prompt artist",
    "Montage",
    "Musique originale",
    "Sound design",
    "Scénario",
    "Étalonnage",
    "Voix",
    "Superviseuse IA",
    "Mixage",
    "Direction artistique",
];

/// Prizes.
pub(super) static AWARDS: &[&str] = &[
    "Grand Prix MarsAI",
    "Prix du jury",
    "Prix du public",
    "Prix de la meilleure image",
    "Prix du son",
    "Prix de l'écriture",
    "Mention spéciale du jury",
    "Prix « Futurs désirables »",
];
