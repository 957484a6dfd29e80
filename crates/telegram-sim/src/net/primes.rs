//! The two primes whose product a client has to take apart at the start of a handshake.

use super::os;

/// Two different primes, the smaller first. Their product fills 8 bytes, as clients insist.
pub(crate) fn two_primes() -> (u64, u64) {
    let p = prime_from(u64::from(u32::from_le_bytes(os::random_bytes())) >> 3 | 1 << 29);
    let q = prime_from(u64::from(u32::from_le_bytes(os::random_bytes())) >> 2 | 1 << 30);
    (p, q)
}

/// The first prime at or above a number. Gaps below `2^32` are under 400, so this is a short walk.
fn prime_from(start: u64) -> u64 {
    (start | 1..)
        .step_by(2)
        .find(|candidate| is_prime(*candidate))
        .unwrap_or(start)
}

/// Miller–Rabin with bases that decide every number below 3,215,031,751.
fn is_prime(number: u64) -> bool {
    if number < 11 {
        return matches!(number, 2 | 3 | 5 | 7);
    }
    if number.is_multiple_of(2) {
        return false;
    }
    let twos = (number - 1).trailing_zeros();
    let odd = (number - 1) >> twos;
    [2, 3, 5, 7].into_iter().all(|base| {
        let mut power = pow_mod(base, odd, number);
        if power == 1 || power == number - 1 {
            return true;
        }
        (1..twos).any(|_| {
            power = power * power % number;
            power == number - 1
        })
    })
}

fn pow_mod(mut base: u64, mut exponent: u64, modulus: u64) -> u64 {
    let mut result = 1;
    base %= modulus;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % modulus;
        }
        base = base * base % modulus;
        exponent >>= 1;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_trial_division() {
        for number in 2..5000u64 {
            let by_trial = (2..number)
                .take_while(|d| d * d <= number)
                .all(|d| number % d != 0);
            assert_eq!(is_prime(number), by_trial, "{number}");
        }
    }

    #[test]
    fn the_product_fills_eight_bytes() {
        for _ in 0..50 {
            let (p, q) = two_primes();
            assert!(p < q && p * q >= 1 << 56, "{p} {q}");
        }
    }
}
