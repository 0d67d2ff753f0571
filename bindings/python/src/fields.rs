//! The fields of a `Quote`. Each becomes Python objects when it is read, so that a till pays for no more than it shows.

use pyo3::prelude::*;

use crate::quote::Quote;
use crate::shape::{self, Made};
use crate::write::made;

/// Getters that give a field of the core's quote as it is.
macro_rules! fields {
    ($($(#[$about:meta])* $name:ident: $shape:ident;)*) => {
        #[pymethods]
        impl Quote { $(
            $(#[$about])*
            #[getter]
            fn $name<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::$shape>> {
                made(py, &self.0.$name)
            }
        )* }
    };
}

fields! {
    /// The program that decided: its id, version and hash.
    ///
    /// >>> quote.program["id"], quote.program["version"]
    /// ('cafe', '1')
    program: ProgramRef;

    /// When.
    ///
    /// >>> quote.at
    /// datetime.datetime(2026, 1, 31, 14, 30, tzinfo=datetime.timezone.utc)
    at: Instant;

    /// The civil day of it in the program's zone.
    ///
    /// >>> quote.on
    /// datetime.date(2026, 1, 31)
    on: Day;

    /// The currency of every amount of money.
    ///
    /// >>> quote.currency
    /// 'KRW'
    currency: Text;

    /// The lines, in the order of the basket.
    ///
    /// >>> [(line["sku"], line["net"]) for line in quote.lines]
    /// [('latte', Decimal('9600'))]
    lines: QuotedLines;

    /// The sum of the lines before anything.
    ///
    /// >>> quote.gross
    /// Decimal('9600')
    gross: Amount;

    /// What all offers take off.
    ///
    /// >>> quote.discount
    /// Decimal('0')
    discount: Amount;

    /// What is left of it: gross less discount.
    ///
    /// >>> quote.net
    /// Decimal('9600')
    net: Amount;

    /// What points pay.
    ///
    /// >>> quote.paid_with_points
    /// Decimal('0')
    paid_with_points: Amount;

    /// What delivery costs: part of what is due.
    ///
    /// >>> quote.shipping
    /// Decimal('0')
    shipping: Amount;

    /// What offers take off delivery.
    ///
    /// >>> quote.shipping_discount
    /// Decimal('0')
    shipping_discount: Amount;

    /// What is charged for delivery, each way of it.
    ///
    /// >>> quote.deliveries
    /// []
    deliveries: Deliveries;

    /// Where the best combination is not proved: the most that any could take off.
    ///
    /// >>> quote.discount_bound is None
    /// True
    discount_bound: MaybeAmount;

    /// The offers that come closest to applying, the closest first.
    ///
    /// >>> quote.near
    /// []
    near: NearOffers;

    /// What is charged beside the goods: part of what is due.
    ///
    /// >>> quote.fees
    /// Decimal('0')
    fees: Amount;

    /// What comes to each tax rate after all discounts, lowest rate first.
    ///
    /// >>> quote.taxes
    /// []
    taxes: TaxSums;

    /// The taxes that no amount contains: part of what is due.
    ///
    /// >>> quote.tax_added
    /// Decimal('0')
    tax_added: Amount;

    /// What rounding adds to what is due in all; negative where it takes off.
    ///
    /// >>> quote.rounding
    /// Decimal('0')
    rounding: Amount;

    /// What is left to pay.
    ///
    /// >>> quote.due
    /// Decimal('9600')
    due: Amount;

    /// The offers that took effect, in the order in which they did.
    ///
    /// >>> quote.applied
    /// []
    applied: AppliedOffers;

    /// What points of each wallet pay, or could pay.
    ///
    /// >>> quote.tenders
    /// []
    tenders: Tenders;

    /// The rules that grant points.
    ///
    /// >>> [(accrual["rule"], accrual["points"]) for accrual in quote.accruals]
    /// [('base', Decimal('480'))]
    accruals: Accruals;

    /// What rules counted without granting points, to be carried on.
    ///
    /// >>> quote.carried
    /// []
    carried: Carryings;

    /// The coupons that the order issues.
    ///
    /// >>> quote.issued
    /// []
    issued: IssuedCoupons;

    /// The points that the order earns, by wallet.
    ///
    /// >>> quote.earned
    /// {'points': Decimal('480')}
    earned: AmountsByName;

    /// What can be used of each wallet after the order.
    ///
    /// >>> quote.balances
    /// {'points': Decimal('480')}
    balances: AmountsByName;

    /// What did not apply, and why.
    ///
    /// >>> quote.refused
    /// []
    refused: Refusals;

    /// Where the member stands on each ladder; a guest stands on none.
    ///
    /// >>> quote.tiers
    /// []
    tiers: TierPreviews;

    /// What the passing of time changes before the order: expiry and tier reviews that were not written yet.
    ///
    /// >>> quote.overdue
    /// []
    overdue: Overdues;

    /// Activity before this day no longer matters to any rule.
    ///
    /// >>> quote.forget_before
    /// datetime.date(2026, 2, 1)
    forget_before: MaybeDay;

    /// How many of the earned points make up for a deficit, by wallet.
    ///
    /// >>> quote.absorbed
    /// {}
    absorbed: AmountsByName;

    /// The household whose points were used, where the member has one.
    ///
    /// >>> quote.pool is None
    /// True
    pool: MaybePool;

    /// The points that can be used longer because of this order.
    ///
    /// >>> quote.extended
    /// []
    extended: Changes;

    /// What happens when goods come back, as the program said; empty where it said nothing.
    ///
    /// >>> quote.returns
    /// {}
    returns: ReturnPolicy;

    /// What a return needs in order to come back to the state before the order.
    ///
    /// >>> quote.before
    /// {}
    before: Before;

    /// How money pays: the amount of each tender, as the basket said it.
    ///
    /// >>> quote.paid_by
    /// {}
    paid_by: AmountsByName;

    /// What a return asks the rules again with, where the program's ``returns`` say so.
    ///
    /// >>> quote.rules is None
    /// True
    rules: MaybeRules;
}

#[pymethods]
impl Quote {
    /// The member's id.
    ///
    /// >>> quote.member
    /// 'm1'
    #[getter]
    fn member(&self) -> &str {
        self.0.member.as_str()
    }

    /// The member's version that was quoted.
    ///
    /// >>> quote.member_version
    /// 0
    #[getter]
    fn member_version(&self) -> u64 {
        self.0.member_version
    }

    /// Whether it is nobody who is known: such an order earns nothing and makes no events.
    ///
    /// >>> quote.guest
    /// False
    #[getter]
    fn guest(&self) -> bool {
        self.0.guest
    }

    /// Whether the combination of offers is proved to be the best one; otherwise it is the best one found.
    ///
    /// >>> quote.optimal
    /// True
    #[getter]
    fn optimal(&self) -> bool {
        self.0.optimal
    }
}
