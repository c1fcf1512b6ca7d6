"""Where every figure comes from: sources that name rows, and the tables in which those rows stand.

A figure carries a `Source`: a path into problem, plan or method, how it is worked out, and the rows
that it rests on. `evidence_tables` lays out those tables (scenario, problem, plan, bound, cases), `pack`
puts them into the page, where one script picks the rows. The ids of rows are those of the files.
"""
