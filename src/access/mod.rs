//! Who may use Alfa, and the key that keeps what is stored from other eyes.

pub mod cipher;
pub mod entropy;
