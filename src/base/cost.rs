//! Tells, in tests, whether a cost grows with its input and no faster.

use std::time::Instant;

/// Fails if something takes far longer than its input is long. `read` makes an input of the given number of pieces and reads it.
pub(crate) fn assert_even(piece: &str, read: impl Fn(usize)) {
    let time = |count: usize| {
        let start = Instant::now();
        read(count);
        start.elapsed().as_secs_f64()
    };
    // Other tests run beside this one, so one even look out of five is enough. A cost that grows with the square would be 256 times.
    let is_even = (0..5).any(|_| time(16_000) < 64.0 * time(1_000).max(0.005));
    assert!(is_even, "{piece:?} takes more than its length");
}
