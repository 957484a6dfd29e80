//! Transport framing: how messages are cut out of a TCP stream.
//!
//! Source: core.telegram.org/mtproto/mtproto-transports. A client shows its transport by its first bytes.

use bytes::{Buf, BytesMut};
use grammers_crypto::ObfuscatedCipher;

use super::crypto::{array_at, u32_at};

/// The longest frame taken from a client, in bytes.
pub(crate) const MAX_FRAME_BYTES: usize = 4 * 1024 * 1024;
const ABRIDGED_TAG: u8 = 0xef;
const INTERMEDIATE_TAG: u32 = 0xeeee_eeee;
const PADDED_TAG: u32 = 0xdddd_dddd;

/// The stream is not what its first bytes promised; the connection cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FramingError {
    #[error("unknown transport")]
    UnknownTransport,
    #[error("frame of {0} bytes")]
    FrameLength(usize),
    #[error("frame number {got}, expected {expected}")]
    FrameNumber { got: u32, expected: u32 },
    #[error("checksum")]
    Checksum,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Framing {
    Full { received: u32, sent: u32 },
    Intermediate,
    PaddedIntermediate,
    Abridged,
}

/// One connection's transport.
pub(crate) struct Transport {
    framing: Framing,
    cipher: Option<ObfuscatedCipher>,
}

impl Transport {
    /// Recognises the transport by the first bytes, and takes those that only announce it. None: too few yet.
    pub(crate) fn detect(input: &mut BytesMut) -> Result<Option<Self>, FramingError> {
        if input.first() == Some(&ABRIDGED_TAG) {
            input.advance(1);
            return Ok(Some(Self {
                framing: Framing::Abridged,
                cipher: None,
            }));
        }
        if input.len() < 8 {
            return Ok(None);
        }
        if let Some(framing) = by_tag(u32_at(input, 0)) {
            input.advance(4);
            return Ok(Some(Self {
                framing,
                cipher: None,
            }));
        }
        // The frame number of Full's first frame is 0; an obfuscated header never has 0 there.
        if u32_at(input, 4) == 0 {
            return Ok(Some(Self {
                framing: Framing::Full { received: 0, sent: 0 },
                cipher: None,
            }));
        }
        Self::detect_obfuscated(input)
    }

    fn detect_obfuscated(input: &mut BytesMut) -> Result<Option<Self>, FramingError> {
        if input.len() < 64 {
            return Ok(None);
        }
        let header: [u8; 64] = array_at(input, 0);
        // The cipher is written for the client's side: ours is the same with the key material turned round.
        let mut turned = header;
        turned[8..56].reverse();
        let mut cipher = ObfuscatedCipher::new(&turned);
        let mut opened = header;
        cipher.decrypt(&mut opened);
        let tag = u32_at(&opened, 56);
        let abridged = tag == u32::from_le_bytes([ABRIDGED_TAG; 4]);
        let framing = if abridged {
            Some(Framing::Abridged)
        } else {
            by_tag(tag)
        };
        let framing = framing.ok_or(FramingError::UnknownTransport)?;
        input.advance(64);
        cipher.decrypt(input);
        Ok(Some(Self {
            framing,
            cipher: Some(cipher),
        }))
    }

    /// To be called once for each piece that arrived after the transport was recognised.
    pub(crate) fn deobfuscate(&mut self, arrived: &mut [u8]) {
        if let Some(cipher) = &mut self.cipher {
            cipher.decrypt(arrived);
        }
    }

    /// Takes the next whole frame's payload. None: it has not arrived whole yet.
    pub(crate) fn next_frame(&mut self, input: &mut BytesMut) -> Result<Option<BytesMut>, FramingError> {
        let Some((header, length, trailer)) = self.measure(input)? else {
            return Ok(None);
        };
        if length > MAX_FRAME_BYTES {
            return Err(FramingError::FrameLength(length));
        }
        if input.len() < header + length + trailer {
            input.reserve(header + length + trailer - input.len());
            return Ok(None);
        }
        if let Framing::Full { received, .. } = &mut self.framing {
            let got = u32_at(input, 4);
            if got != *received {
                return Err(FramingError::FrameNumber {
                    got,
                    expected: *received,
                });
            }
            if crc32fast::hash(&input[..header + length]) != u32_at(input, header + length) {
                return Err(FramingError::Checksum);
            }
            *received += 1;
        }
        let mut frame = input.split_to(header + length + trailer);
        frame.advance(header);
        frame.truncate(length);
        Ok(Some(frame))
    }

    /// Bytes of the header, the payload and the trailer of the frame at the front.
    fn measure(&self, input: &BytesMut) -> Result<Option<(usize, usize, usize)>, FramingError> {
        if input.len() < 4 {
            return Ok(None);
        }
        // The highest bit asks for a quick acknowledgment, which is optional; we give none.
        let length = (u32_at(input, 0) & 0x7fff_ffff) as usize;
        Ok(Some(match self.framing {
            Framing::Full { .. } if length < 12 => return Err(FramingError::FrameLength(length)),
            Framing::Full { .. } => (8, length - 12, 4),
            Framing::Intermediate | Framing::PaddedIntermediate => (4, length, 0),
            Framing::Abridged => match usize::from(input[0] & 0x7f) {
                0x7f => (4, (u32_at(input, 0) >> 8) as usize * 4, 0),
                words => (1, words * 4, 0),
            },
        }))
    }

    /// Appends a frame with this payload to what is to be written.
    pub(crate) fn put_frame(&mut self, payload: &[u8], output: &mut Vec<u8>) {
        let start = output.len();
        let length = u32::try_from(payload.len()).unwrap_or(u32::MAX);
        match &mut self.framing {
            Framing::Full { sent, .. } => {
                output.extend((length + 12).to_le_bytes());
                output.extend(sent.to_le_bytes());
                output.extend_from_slice(payload);
                output.extend(crc32fast::hash(&output[start..]).to_le_bytes());
                *sent += 1;
            }
            Framing::Intermediate | Framing::PaddedIntermediate => {
                output.extend(length.to_le_bytes());
                output.extend_from_slice(payload);
            }
            Framing::Abridged => {
                match length / 4 {
                    words @ 0..0x7f => output.push(words.to_le_bytes()[0]),
                    words => output.extend((words << 8 | 0x7f).to_le_bytes()),
                }
                output.extend_from_slice(payload);
            }
        }
        if let Some(cipher) = &mut self.cipher {
            cipher.encrypt(&mut output[start..]);
        }
    }

    /// Appends a transport error: in Full it is a bare negative number, elsewhere a frame with one.
    pub(crate) fn put_error(&mut self, code: i32, output: &mut Vec<u8>) {
        if matches!(self.framing, Framing::Full { .. }) {
            output.extend((-code).to_le_bytes());
        } else {
            self.put_frame(&(-code).to_le_bytes(), output);
        }
    }
}

fn by_tag(tag: u32) -> Option<Framing> {
    match tag {
        INTERMEDIATE_TAG => Some(Framing::Intermediate),
        PADDED_TAG => Some(Framing::PaddedIntermediate),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The client's bytes arrive one by one, and our answer is framed the same way.
    fn round_trip(stream: &[u8], expected: &[u8]) -> Transport {
        let mut input = BytesMut::new();
        let mut transport: Option<Transport> = None;
        let mut frames = Vec::new();
        for byte in stream {
            let mut arrived = [*byte];
            match &mut transport {
                Some(known) => {
                    known.deobfuscate(&mut arrived);
                    input.extend_from_slice(&arrived);
                }
                None => {
                    input.extend_from_slice(&arrived);
                    transport = Transport::detect(&mut input).unwrap();
                }
            }
            if let Some(known) = &mut transport {
                frames.extend(known.next_frame(&mut input).unwrap());
            }
        }
        assert_eq!(frames, [expected]);
        transport.unwrap()
    }

    #[test]
    fn full() {
        let mut stream = vec![20, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
        stream.extend(crc32fast::hash(&stream).to_le_bytes());
        let mut transport = round_trip(&stream, &[1, 2, 3, 4, 5, 6, 7, 8]);
        let mut output = Vec::new();
        transport.put_frame(&[1, 2, 3, 4, 5, 6, 7, 8], &mut output);
        assert_eq!(output, stream);
        output.clear();
        transport.put_error(404, &mut output);
        assert_eq!(output, (-404i32).to_le_bytes());
    }

    #[test]
    fn full_with_a_wrong_checksum_is_refused() {
        let mut input = BytesMut::from(&[16, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 9, 9, 9, 9][..]);
        let mut transport = Transport::detect(&mut input).unwrap().unwrap();
        assert_eq!(transport.next_frame(&mut input), Err(FramingError::Checksum));
    }

    #[test]
    fn intermediate_and_padded() {
        for tag in [0xee, 0xdd] {
            let mut stream = vec![tag; 4];
            stream.extend([4, 0, 0, 0, 1, 2, 3, 4]);
            let mut transport = round_trip(&stream, &[1, 2, 3, 4]);
            let mut output = Vec::new();
            transport.put_frame(&[1, 2, 3, 4], &mut output);
            assert_eq!(output, stream[4..]);
        }
    }

    #[test]
    fn abridged_short_and_long() {
        for (length, header) in [(8, vec![2]), (0x7f * 4, vec![0x7f, 0x7f, 0, 0])] {
            let payload = vec![5; length];
            let stream = [vec![0xef], header, payload.clone()].concat();
            let mut transport = round_trip(&stream, &payload);
            let mut output = Vec::new();
            transport.put_frame(&payload, &mut output);
            assert_eq!(output, stream[1..]);
        }
    }

    #[test]
    fn obfuscated_intermediate() {
        let mut header: [u8; 64] = std::array::from_fn(|i| u8::try_from(i * 3 + 1).unwrap());
        header[56..60].copy_from_slice(&[0xee; 4]);
        let mut client = ObfuscatedCipher::new(&header);
        let mut sealed = header;
        client.encrypt(&mut sealed);
        let mut stream = header.to_vec();
        stream[56..].copy_from_slice(&sealed[56..]);
        let mut frame = vec![4, 0, 0, 0, 1, 2, 3, 4];
        client.encrypt(&mut frame);
        stream.extend(frame);
        let mut transport = round_trip(&stream, &[1, 2, 3, 4]);
        let mut output = Vec::new();
        transport.put_frame(&[9, 8, 7, 6], &mut output);
        client.decrypt(&mut output);
        assert_eq!(output, [4, 0, 0, 0, 9, 8, 7, 6]);
    }

    #[test]
    fn a_frame_of_gigabytes_is_refused() {
        let mut input = BytesMut::from(&[0xee, 0xee, 0xee, 0xee, 0, 0, 0, 0x40][..]);
        let mut transport = Transport::detect(&mut input).unwrap().unwrap();
        assert_eq!(
            transport.next_frame(&mut input),
            Err(FramingError::FrameLength(0x4000_0000))
        );
    }
}
