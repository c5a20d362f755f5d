//! The enumerations of the tables, stored as text. The API uses the same values, so they are also part of its OpenAPI
//! document.

macro_rules! text_enum {
    // A token tree, not a literal: utoipa does not see through the group that the compiler puts around a literal, and
    // would document the names of the variants instead of the strings.
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:tt,)+ }) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema,
        )]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $name {
            $($(#[$doc])* #[sea_orm(string_value = $text)] #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// All values, in declaration order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The string used in the database and in JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(crate::Error::Other(format!(concat!("{:?} is no ", stringify!($name)), text))),
                }
            }
        }
    };
}

mod collections;
mod library;
mod outbox;
mod sync;

pub use collections::*;
pub use library::*;
pub use outbox::*;
pub use sync::*;
