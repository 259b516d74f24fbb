printf 'image,score,label\nx,.9,1\ny,.2,0\nx,.6,0\nz,.4,0\n' | losscope -b image --top-groups 1 -l ce
