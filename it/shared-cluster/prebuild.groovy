io.github.cdkmaven.world.InvokedCluster.prepare(basedir, context, '4.19.0')
true
