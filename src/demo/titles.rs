//! Titles that are worth looking at: every script, quotation marks, joined emoji, one that does not end.

/// A title and the country it comes from.
pub(super) type Special = (&'static str, &'static str);

/// Titles that are not made of two words. Among the first films every third has one of them.
pub(super) static SPECIALS: &[Special] = &[
    ("L'été où « ma » mère est devenue \"numérique\"", "France"),
    ("六十秒の東京", "Japon"),
    ("الدقيقة الأخيرة", "Égypte"),
    ("👩‍🚀 Allô la Terre ?", "France"),
    ("Don't Wake the Algorithm", "États-Unis"),
    ("一分钟人生", "Chine"),
    (LONG, "France"),
    ("1분의 서울", "Corée du Sud"),
    ("एक मिनट की ज़िंदगी", "Inde"),
    ("Saudade.exe", "Brésil"),
    ("Ένα λεπτό στην Αθήνα", "Grèce"),
    ("Київ, 60 секунд", "Ukraine"),
    ("דקה אחת בתל אביב", "Israël"),
    ("หนึ่งนาทีในกรุงเทพฯ", "Thaïlande"),
    ("404, amour introuvable", "Belgique"),
    ("👨‍👩‍👧‍👦 Une famille générée", "Canada"),
    ("¿Dónde está el ratón?", "Espagne"),
    ("Größenwahn in 4K", "Allemagne"),
    ("Żółć i światło", "Pologne"),
    ("İstanbul'da Bir Dakika", "Turquie"),
    ("Một phút ở Huế", "Viêt Nam"),
    ("Cœur de silicium", "France"),
    ("Perché no?", "Italie"),
    ("Prompt & Circumstance", "Royaume-Uni"),
    ("カメラを持ったＡＩと、ﾈｵﾝの猫", "Japon"),
    ("مرحبا يا مريخ 🚀", "Maroc"),
    ("Сто кадров тишины", "Russie"),
    ("Zoe\u{308} et le nuage", "Suisse"),
    ("🏳️‍🌈 Prisme", "France"),
    ("I Am Not a Robot (Yet)", "Nigeria"),
    ("火星上的茶馆", "Taïwan"),
    ("João & o robô", "Portugal"),
    ("Là-haut, l'IA m'a dit non", "Sénégal"),
    ("فيلم من ٦٠ ثانية", "Liban"),
    ("Ñandú eléctrico", "Argentine"),
    ("🎬", "Mexique"),
    ("Le Vieux-Port rêve en couleurs", "France"),
    ("김치 로봇의 하루", "Corée du Sud"),
    ("Noël sur Phobos", "Algérie"),
    ("Ça tourne 👍🏽 (sans moi)", "Tunisie"),
];

/// As long as the column allows.
const LONG: &str = "Comment j'ai demandé à une machine de se souvenir à ma place de tout ce que je n'avais jamais \
vécu, et pourquoi, au bout de soixante secondes exactement, elle m'a répondu poliment qu'elle préférait regarder la \
mer depuis le Frioul plutôt que de finir";

#[cfg(test)]
mod tests {
    #[test]
    fn they_fit_the_column_and_know_their_country() {
        for (title, country) in super::SPECIALS {
            assert!(title.chars().count() <= 255, "{title}");
            assert_eq!(crate::demo::places::named(country).name, *country);
        }
        assert!(super::LONG.chars().count() > 240);
    }
}
