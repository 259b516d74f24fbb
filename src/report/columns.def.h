/* columns.def.h: the columns of a result: X(name in machine forms, heading for reading, meaning); XI, which
   need not be defined, of those that have an interval where --ci asks for them */
#ifndef XI
#define XI X
#define EVERY_COLUMN
#endif
X(group, "group", "value of the --by column, or the file")
X(loss, "loss", "the loss")
X(gamma, "γ", "γ of focal loss: how strongly easy examples count less")
X(alpha, "α", "α: the weight of positives; negatives have 1 − α")
X(beta, "β", "β: the shift of focal-star")
X(easy, "easy ≥", "p_t from which on an example is easy")
X(examples, "examples", "examples, without ignored and bad rows")
X(positives, "positives", "positive examples")
X(negatives, "negatives", "negative examples")
X(weight, "weight", "sum of the sample weights; without weights, the number of examples")
X(sum, "sum", "sum of the losses, each times its weight")
XI(mean, "mean", "sum / weight")
XI(per_positive, "per pos.", "sum / weight of the positives: the paper's normaliser")
XI(easy_share, "easy", "share of the loss that easy examples hold")
XI(hard_share, "hard", "share of the loss that hard examples hold")
XI(easy_neg, "easy neg", "share of the loss that easy negatives hold")
XI(hard_neg, "hard neg", "share of the loss that hard negatives hold")
XI(easy_pos, "easy pos", "share of the loss that easy positives hold")
XI(hard_pos, "hard pos", "share of the loss that hard positives hold")
X(grad_sum, "grad sum", "sum of the gradients' sizes |dL/dx|, each times its weight")
XI(grad_easy_share, "grad easy", "share of the gradient that easy examples hold")
XI(grad_hard_share, "grad hard", "share of the gradient that hard examples hold")
XI(grad_easy_neg, "grad e.neg", "share of the gradient that easy negatives hold")
XI(grad_hard_neg, "grad h.neg", "share of the gradient that hard negatives hold")
XI(grad_easy_pos, "grad e.pos", "share of the gradient that easy positives hold")
XI(grad_hard_pos, "grad h.pos", "share of the gradient that hard positives hold")
X(top1, "top 1 %", "share of the loss in the hardest 1 % of the examples")
X(top5, "top 5 %", "share of the loss in the hardest 5 % of the examples")
X(top20, "top 20 %", "share of the loss in the hardest 20 % of the examples")
X(half, "half in", "smallest fraction of the examples, hardest first, that holds half of the loss")
X(gini, "gini", "how unevenly the loss is spread: 0 evenly, near 1 in few examples")
X(effective, "effective", "Kish's effective number of examples, (Σl)² / Σl²")
X(pos_top20, "pos top 20 %", "share of the positives' loss in their hardest 20 %")
X(neg_top20, "neg top 20 %", "share of the negatives' loss in their hardest 20 %")
X(pos_half, "pos half in", "smallest fraction of the positives that holds half of their loss")
X(neg_half, "neg half in", "smallest fraction of the negatives that holds half of their loss")
XI(share_of_total, "of total", "share of the whole loss: of a group in all, of a class in its group")
XI(grad_share_of_total, "grad of total", "the same of the gradient")
X(class, "class", "the class")
X(level, "level", "what the row is of: total, group or class")
X(share_of_sum, "of sum", "share of the weighted sum of losses that this part of it holds")
X(part_of, "part of", "the weighted sum that this is a part of")
X(kept, "kept", "examples that the loss keeps, where it does not keep all")
X(least_kept, "least kept", "the smallest loss of an example that it keeps, or of a negative where it keeps a number of these for each positive")
#ifdef EVERY_COLUMN
#undef XI
#undef EVERY_COLUMN
#endif
