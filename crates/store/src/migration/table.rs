//! A table, told in the words of ARCHITECTURE.md, made into statements that SQLite, PostgreSQL and MySQL take.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Longest value of a column that is unique or indexed, in characters.
const KEY_CHARS: u32 = 255;
/// Longest word of an enumeration, in characters.
const WORD_CHARS: u32 = 32;

/// A table being described. Every table has `id`, a 64-bit number given by the database.
pub struct NewTable {
    backend: DbBackend,
    name: &'static str,
    create: TableCreateStatement,
    indexes: Vec<IndexCreateStatement>,
}

impl NewTable {
    /// Begins the description of the table `name`.
    pub fn new(backend: DbBackend, name: &'static str) -> Self {
        let mut create = Table::create();
        create.table(name);
        create.col(
            ColumnDef::new("id")
                .big_integer()
                .not_null()
                .auto_increment()
                .primary_key(),
        );
        if backend == DbBackend::MySql {
            // Compare by bytes, as SQLite and PostgreSQL do.
            create
                .engine("InnoDB")
                .character_set("utf8mb4")
                .collate("utf8mb4_bin");
        }
        Self {
            backend,
            name,
            create,
            indexes: Vec::new(),
        }
    }

    fn column(mut self, spec: &'static str, set: impl Fn(&mut ColumnDef)) -> Self {
        let name = spec.trim_end_matches('?');
        let mut column = ColumnDef::new(name);
        set(&mut column);
        if name == spec {
            column.not_null();
        } else {
            column.null();
        }
        self.create.col(&mut column);
        self
    }

    fn columns(self, specs: &'static str, set: impl Fn(&mut ColumnDef)) -> Self {
        specs
            .split_whitespace()
            .fold(self, |table, spec| table.column(spec, &set))
    }

    /// Columns of whole numbers, 64 bits; also times (milliseconds) and ids. `name?` may be null.
    pub fn ints(self, specs: &'static str) -> Self {
        self.columns(specs, |column| {
            column.big_integer();
        })
    }

    /// Columns of small whole numbers, 32 bits.
    pub fn small_ints(self, specs: &'static str) -> Self {
        self.columns(specs, |column| {
            column.integer();
        })
    }

    /// Columns of 64-bit floating point numbers.
    pub fn floats(self, specs: &'static str) -> Self {
        self.columns(specs, |column| {
            column.double();
        })
    }

    /// Columns that are true or false.
    pub fn bools(self, specs: &'static str) -> Self {
        self.columns(specs, |column| {
            column.boolean();
        })
    }

    /// Columns of enumerations.
    pub fn words(self, specs: &'static str) -> Self {
        self.columns(specs, |column| {
            column.string_len(WORD_CHARS);
        })
    }

    /// Columns of short text that can be indexed, compared and sorted by bytes on every database.
    pub fn keys(self, specs: &'static str) -> Self {
        let postgres = self.backend == DbBackend::Postgres;
        self.columns(specs, |column| {
            if postgres {
                column.custom(format!("varchar({KEY_CHARS}) COLLATE \"C\""));
            } else {
                column.string_len(KEY_CHARS);
            }
        })
    }

    /// Columns of text of any length (MySQL's own TEXT ends at 64 KiB).
    pub fn texts(self, specs: &'static str) -> Self {
        let mysql = self.backend == DbBackend::MySql;
        self.columns(specs, |column| {
            if mysql {
                column.custom("longtext");
            } else {
                column.text();
            }
        })
    }

    /// Columns of bytes of any length.
    pub fn blobs(self, specs: &'static str) -> Self {
        let mysql = self.backend == DbBackend::MySql;
        self.columns(specs, |column| {
            if mysql {
                column.custom("longblob");
            } else {
                column.blob();
            }
        })
    }

    /// No two rows have the same values in `columns` (rows with a null among them are all different).
    /// The name of the constraint, `uq_table__column__column`, is how a violation is recognised.
    pub fn unique(mut self, columns: &'static str) -> Self {
        let index = self.index_on("uq", columns).unique().take();
        self.indexes.push(index);
        self
    }

    /// An index on `columns`, in this order.
    pub fn index(mut self, columns: &'static str) -> Self {
        let index = self.index_on("ix", columns);
        self.indexes.push(index);
        self
    }

    fn index_on(&self, prefix: &str, columns: &'static str) -> IndexCreateStatement {
        let columns: Vec<&str> = columns.split_whitespace().collect();
        let mut index = Index::create();
        index
            .name(format!("{prefix}_{}__{}", self.name, columns.join("__")))
            .table(self.name);
        for column in columns {
            index.col(column);
        }
        index
    }

    /// `column` is the id of a row of `parent`; this row goes when that row goes.
    pub fn owned_by(self, column: &'static str, parent: &'static str) -> Self {
        self.points(column, parent, ForeignKeyAction::Cascade)
    }

    /// `column` is the id of a row of `parent`, which cannot go while this row is there.
    pub fn refers(self, column: &'static str, parent: &'static str) -> Self {
        self.points(column, parent, ForeignKeyAction::NoAction)
    }

    /// `column` is the id of a row of `parent`; it is emptied when that row goes.
    pub fn outlives(self, column: &'static str, parent: &'static str) -> Self {
        self.points(column, parent, ForeignKeyAction::SetNull)
    }

    fn points(mut self, column: &'static str, parent: &'static str, gone: ForeignKeyAction) -> Self {
        let mut key = ForeignKey::create();
        key.name(format!("fk_{}__{column}", self.name))
            .from(self.name, column)
            .to(parent, "id")
            .on_delete(gone);
        self.create.foreign_key(&mut key);
        self
    }

    /// Every row fulfils this condition, written in SQL that all databases take.
    pub fn check(mut self, condition: &'static str) -> Self {
        self.create.check(Expr::cust(condition));
        self
    }

    /// Makes the table and its indexes.
    pub async fn create(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        manager.create_table(self.create).await?;
        for index in self.indexes {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
