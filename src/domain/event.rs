//! Events and their seats, as far as the platform's own tables tell.

/// Seats of a reservation: NULL or less than one, from the site, counts as one.
pub fn seats(number_seats: Option<i32>) -> u32 {
    number_seats.and_then(|seats| u32::try_from(seats).ok()).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_reservation_is_somebody() {
        for (number, seats) in [(None, 1), (Some(-4), 1), (Some(0), 1), (Some(1), 1), (Some(7), 7)] {
            assert_eq!(super::seats(number), seats, "{number:?}");
        }
    }
}
