#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   CThing(void) { }
   void F(void);
  };
#endif
// refused: undefined-method at 7:9
