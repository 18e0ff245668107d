//! What jurors and administrators write, in French or English as each of them does.

use super::dice::Dice;
use crate::domain::vote::Note;

/// What a juror says of one note in one language: how they begin, and how they end.
struct Voice {
    opens: &'static [&'static str],
    closes: &'static [&'static str],
}

/// Sentences about the film itself: the good, then the bad.
struct Eye {
    good: &'static [&'static str],
    bad: &'static [&'static str],
}

static EYE_FR: Eye = Eye {
    good: &[
        "La lumière est superbe, surtout dans le plan sur le port.",
        "Le montage respire, chaque coupe a une raison d'être.",
        "Le travail sur le son porte tout le film.",
        "La voix off est juste, jamais appuyée.",
        "Le personnage garde le même visage d'un bout à l'autre, ce qui est rare.",
        "Une vraie idée de mise en scène, tenue pendant soixante secondes.",
        "La dernière image reste longtemps en tête.",
        "L'humour fonctionne sans un mot.",
        "On oublie l'outil, on regarde un film.",
    ],
    bad: &[
        "Les mains se déforment dans presque tous les plans.",
        "La musique couvre la voix.",
        "Le récit se perd après la trentième seconde.",
        "On dirait une bande-annonce plutôt qu'un film.",
        "Trop d'effets, pas assez de regard.",
        "Les sous-titres passent trop vite pour être lus.",
        "Le rythme retombe au milieu.",
        "L'ensemble ressemble à une démonstration technique.",
        "Le texte est convenu.",
    ],
};

static EYE_EN: Eye = Eye {
    good: &[
        "The light is beautiful, above all in the harbour shot.",
        "The edit breathes; every cut has a reason.",
        "The sound carries the whole film.",
        "The voice-over is restrained and exact.",
        "The character keeps one face from start to end, which is rare.",
        "A real directing idea, held for sixty seconds.",
        "The last image stayed with me.",
        "It is funny without a word.",
        "I forgot the tool and watched a film.",
    ],
    bad: &[
        "Hands melt in nearly every shot.",
        "The music drowns the voice.",
        "The story gets lost after thirty seconds.",
        "It plays like a trailer, not like a film.",
        "Plenty of effects, little point of view.",
        "The subtitles go by too fast to be read.",
        "It sags in the middle.",
        "It feels like a tech demo.",
        "The text is predictable.",
    ],
};

static FR: [Voice; 3] = [
    Voice {
        opens: &[
            "Oui sans hésiter.",
            "Un vrai coup de cœur.",
            "Très beau film.",
            "Convaincue dès le premier plan.",
            "Simple et fort.",
            "Belle surprise.",
            "Je le défends.",
        ],
        closes: &[
            "À garder absolument.",
            "Il a sa place dans la sélection.",
            "Je veux le voir sur grand écran.",
            "Le public va l'adorer.",
            "Bravo.",
        ],
    },
    Voice {
        opens: &[
            "Non pour moi.",
            "Je ne suis pas entré dedans.",
            "L'intention est là, le film non.",
            "Trop inabouti.",
            "Déjà vu.",
            "Décevant au regard du synopsis.",
        ],
        closes: &[
            "Je passe.",
            "Dommage, l'idée méritait mieux.",
            "Pas au niveau de la sélection.",
            "À encourager pour l'an prochain.",
            "Hors sujet, à mon sens.",
        ],
    },
    Voice {
        opens: &[
            "J'hésite.",
            "À revoir ensemble.",
            "Je suis partagée.",
            "Intrigant, mais.",
            "Un film qui divise.",
            "Je n'arrive pas à trancher.",
        ],
        closes: &[
            "J'aimerais vous entendre là-dessus.",
            "Parlons-en.",
            "Je le reverrais volontiers avec vous.",
            "Est-ce que c'est voulu ?",
            "Je peux changer d'avis.",
        ],
    },
];

static EN: [Voice; 3] = [
    Voice {
        opens: &[
            "Yes, without a doubt.",
            "A favourite of mine.",
            "Lovely.",
            "It had me from the first shot.",
            "Simple and strong.",
            "What a surprise.",
            "I will fight for this one.",
        ],
        closes: &[
            "Please keep it.",
            "It belongs in the selection.",
            "I want to see it on the big screen.",
            "The audience will love it.",
            "Bravo.",
        ],
    },
    Voice {
        opens: &[
            "Not for me.",
            "I could not get into it.",
            "The intention is there, the film is not.",
            "Unfinished.",
            "Seen before.",
            "Not what the synopsis promised.",
        ],
        closes: &[
            "I pass.",
            "A pity, the idea deserved more.",
            "Not at the level of the selection.",
            "Do encourage them for next year.",
            "Off topic, I think.",
        ],
    },
    Voice {
        opens: &[
            "I hesitate.",
            "Let us watch it together.",
            "I am of two minds.",
            "Intriguing, but.",
            "This one will divide us.",
            "I cannot decide.",
        ],
        closes: &[
            "I would like to hear you on this.",
            "Let us talk.",
            "I would gladly see it again with you.",
            "Is it on purpose?",
            "I could be persuaded.",
        ],
    },
];

static AFTER_FR: &[&str] = &[
    "Après discussion :",
    "Revu ce matin.",
    "Vos arguments m'ont convaincu.",
    "Je maintiens, en précisant.",
    "Seconde vision :",
    "Je change d'avis.",
];
static AFTER_EN: &[&str] = &[
    "After our talk:",
    "Watched it again this morning.",
    "You persuaded me.",
    "I stand by it, to be clear.",
    "Second viewing:",
    "I changed my mind.",
];

/// A comment on a note; `again` is one of the second round.
pub(super) fn comment(dice: &mut Dice, french: bool, note: Note, again: bool) -> String {
    let (voices, eye, after) = if french { (&FR, &EYE_FR, AFTER_FR) } else { (&EN, &EYE_EN, AFTER_EN) };
    let voice = match note {
        Note::Yes => &voices[0],
        Note::No => &voices[1],
        Note::ToDiscuss => &voices[2],
    };
    let mut said = vec![dice.pick(if again { after } else { voice.opens })];
    let (good, bad) = match note {
        Note::Yes => (85, 20),
        Note::No => (20, 85),
        Note::ToDiscuss => (60, 60),
    };
    for (sentences, percent) in [(eye.good, good), (eye.bad, bad)] {
        if dice.chance(percent) {
            said.push(dice.pick(sentences));
        }
    }
    if again || said.len() == 1 || dice.chance(45) {
        said.push(dice.pick(voice.closes));
    }
    said.join(" ")
}

/// What a juror writes when they promote a film.
pub(super) static PROMOTIONS: &[&str] = &[
    "Le panel s'est mis d'accord : ce film doit concourir.",
    "Après une longue discussion, nous le voulons tous les trois en compétition.",
    "Our panel would like this one to run for an award.",
    "Candidature portée par le jury : un regard neuf, une minute sans graisse.",
    "The strongest sound work we have heard this year; please consider it.",
];

/// Rationales of the administrators, by what they decided.
pub(super) static TAKEN: &[&str] = &[
    "Majorité de oui au premier tour, aucune demande de discussion.",
    "Consensus du jury après la seconde lecture.",
    "Retenu : équilibre des pays et des genres dans la sélection.",
    "Strong share of YES; rights for the music confirmed by e-mail.",
];
/// See [`TAKEN`].
pub(super) static REFUSED: &[&str] = &[
    "Majorité de non. Message d'encouragement envoyé.",
    "Non retenu : trop proche d'une publicité.",
    "Refused after discussion; the panel agreed.",
    "Musique sous droits, pas d'accord de l'éditeur.",
];
/// Of films that were never watched by a panel.
pub(super) static INELIGIBLE: &[&str] = &[
    "Hors règlement : dépasse la durée autorisée.",
    "Hors règlement : pas d'outil d'IA déclaré.",
    "Doublon d'un film déjà inscrit.",
];
/// Notes on films that are still under way.
pub(super) static NOTES: &[&str] = &[
    "Sous-titres anglais demandés à la production.",
    "Attention : titre à vérifier pour le catalogue.",
    "Waiting for a file in higher resolution.",
    "Relancer le jury avant vendredi.",
];
