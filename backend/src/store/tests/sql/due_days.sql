-- Days after the end of February, and of its year, on which its value is due.
SELECT month_is_due_on(DATE '2024-02-01', true) - DATE '2024-02-29', month_is_due_on(DATE '2024-02-01', false) - DATE '2024-12-31';
