//! Which state of a booking may follow which. Pure.

use alfa_store::types::BookingStatus;

/// Whether a booking may go from one state to another. What is paid follows from payments and is not set by hand; what
/// was cancelled has lost its seat and is booked anew.
#[must_use]
pub fn may_become(from: BookingStatus, to: BookingStatus) -> bool {
    use BookingStatus::{Attended, Booked, Cancelled, NoShow, Paid};
    match (from, to) {
        (Cancelled, _) | (_, Paid) => false,
        (Booked | Paid, Booked) => false,
        (Attended | NoShow, Booked) => true,
        (from, to) => from != to,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancelled_booking_stays_so_and_a_slip_can_be_undone() {
        use BookingStatus::{Attended, Booked, Cancelled, NoShow, Paid};
        for to in [Booked, Paid, Attended, NoShow, Cancelled] {
            assert!(!may_become(Cancelled, to), "{to}");
            assert!(!may_become(to, to), "{to}");
        }
        for (from, to) in [
            (Booked, Attended),
            (Paid, NoShow),
            (Attended, NoShow),
            (NoShow, Booked),
            (Attended, Cancelled),
        ] {
            assert!(may_become(from, to), "{from} to {to}");
        }
        assert!(!may_become(Booked, Paid), "a payment does that");
    }
}
