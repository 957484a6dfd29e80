//! Reading a table takes the same memory however long it is, but for the set of who was already there.
//!
//! A test binary of its own: the memory of the process is what is measured.

#[cfg(test)]
mod memory {
    use std::fs::{self, File};
    use std::io::{BufWriter, Write};

    use alfa::contacts::format::inspect;
    use alfa::contacts::reader::{ReadOptions, read_contacts};

    /// Resident memory in KiB.
    fn resident_kib() -> u64 {
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    fn table(rows: u32) -> File {
        let mut out = BufWriter::new(tempfile::tempfile().unwrap());
        writeln!(out, "имя;телефон;профессия;город;заметки").unwrap();
        for row in 0..rows {
            // Every tenth row is a duplicate in another dress, every hundredth is bad.
            let number = if row % 10 == 9 { row - 1 } else { row };
            match row % 100 {
                50 => writeln!(out, "Без номера;нет;Врач;Москва;").unwrap(),
                _ => writeln!(
                    out,
                    "Иван Петров {row};8 (999) {number:07};Врач;Москва;\"Звонить\nпосле шести\""
                )
                .unwrap(),
            }
        }
        out.into_inner().unwrap()
    }

    /// The most memory above `idle_kib` that reading the file took, in KiB; and the good and the bad rows.
    fn read(mut file: File, idle_kib: u64) -> (u64, u64, u64) {
        let (mut peak, mut good, mut bad) = (0, 0, 0);
        let found = inspect(&mut file, "people.csv").unwrap();
        read_contacts(file, &found, &ReadOptions::default(), &mut |chunk| {
            good += chunk.contacts.len() as u64;
            bad += chunk.skipped;
            peak = peak.max(resident_kib().saturating_sub(idle_kib));
            Ok(())
        })
        .unwrap();
        (peak, good, bad)
    }

    #[test]
    fn a_hundred_thousand_rows_in_flat_memory() {
        let idle_kib = resident_kib();
        // The numbering plans of all countries are loaded once.
        let (first_kib, ..) = read(table(1_000), idle_kib);
        let (peak_kib, good, bad) = read(table(100_000), idle_kib);
        assert_eq!((good, bad), (89_000, 11_000));
        println!("1,000 rows: {first_kib} KiB over idle; 100,000 rows: {peak_kib} KiB over idle");
        // 100,000 identities are 2^17 places of 17 bytes, twice while the set grows: 4.5 MiB.
        assert!(
            peak_kib < first_kib + 8 * 1024,
            "{first_kib} KiB → {peak_kib} KiB"
        );
        assert!(peak_kib < 60 * 1024, "{peak_kib} KiB over idle");
    }
}
