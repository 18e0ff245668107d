//! In which order a juror is shown what is left to do: an order of their own, so that a whole jury does not begin with the
//! same films, and the same every time they look.

use super::{FilmId, UserId};

/// A film's place in a juror's own order: smaller comes first. It depends on nothing but the two ids, on every machine and
/// in every version.
pub fn own_place(juror: UserId, film: FilmId) -> u64 {
    // The ids as one number, so that no two pairs begin alike.
    let pair = u64::from(film.0.cast_unsigned()) << 32 | u64::from(juror.0.cast_unsigned());
    mixed(mixed(pair))
}

/// The mixing step of SplitMix64: every bit of the outcome depends on every bit of the number.
fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;

    fn order(juror: i32, films: i32) -> Vec<i32> {
        let mut order: Vec<i32> = (1..=films).collect();
        order.sort_by_key(|film| own_place(UserId(juror), FilmId(*film)));
        order
    }

    #[test]
    fn it_is_the_same_for_ever() {
        assert_eq!(own_place(UserId(1), FilmId(1)), 8_900_858_891_303_283_264);
        assert_eq!(own_place(UserId(-1), FilmId(i32::MAX)), 7_622_863_033_291_099_422);
        assert_eq!(order(7, 8), order(7, 8));
    }

    #[test]
    fn no_two_jurors_have_the_same_order() {
        let orders: HashSet<Vec<i32>> = (1..=500).map(|juror| order(juror, 20)).collect();
        assert_eq!(orders.len(), 500);
    }

    #[test]
    fn a_jury_begins_everywhere() {
        // 600 jurors with the same 30 films: each film is begun with by about 20 of them, and stands in every third of
        // the order about as often.
        let (mut begun, mut early) = (HashMap::new(), HashMap::new());
        for juror in 1..=600 {
            let order = order(juror, 30);
            *begun.entry(order[0]).or_insert(0) += 1;
            order[..10].iter().for_each(|film| *early.entry(*film).or_insert(0) += 1);
        }
        assert_eq!(begun.len(), 30);
        assert!(begun.values().all(|jurors| (5..=40).contains(jurors)), "{begun:?}");
        assert!(early.values().all(|jurors| (150..=250).contains(jurors)), "{early:?}");
    }

    #[test]
    fn neighbours_are_torn_apart() {
        // Films that came in together, such as the parts of a series, do not stay together.
        let together = |juror| order(juror, 40).windows(2).filter(|pair| pair[0].abs_diff(pair[1]) == 1).count();
        let all: usize = (1..=200).map(together).sum();
        assert!(all < 200 * 4, "{all}");
    }
}
