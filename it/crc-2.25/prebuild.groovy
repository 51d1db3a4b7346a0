io.github.cdkmaven.world.InvokedLocal.prepare(basedir, context, '2.25.0')
true
