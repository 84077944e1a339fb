"""From counts to tables: indicators, intervals, data frames and the folder that holds them."""
