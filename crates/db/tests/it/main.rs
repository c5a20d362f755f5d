//! Stories over the real database: SQLite always, PostgreSQL too when `KINOMETA_TEST_POSTGRES` is set.

mod schema;
