io.github.cdkmaven.world.InvokedLocal.prepare(basedir, context, '2.62.0')
true
